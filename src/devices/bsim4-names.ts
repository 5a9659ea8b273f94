/** Which parameters BSIM4 cards carry: those that the DC equations use, and those of charges, noise and delays. */

import { LIKE_NAMES, SIZED_NAMES } from './bsim4-parameters.ts';
import type { DeviceKind } from './device.ts';
import { names } from './parameters.ts';

/** These vary with the size, too. */
const CHARGES =
  names(`cgsl cgdl ckappas ckappad cf clc cle acde moin noff voffcv minvcv vfbcv xrcrg1 xrcrg2 tvoffcv lc xn
  lambda vtl rsw rdw rgidl kgidl fgidl rgisl kgisl fgisl`);

export const BSIM4_MODEL: DeviceKind['parameters'] = {
  used: new Set([
    ...SIZED_NAMES,
    ...LIKE_NAMES,
    ...names(`level vtho tnom binunit
      mobmod rdsmod igcmod igbmod rgatemod rbodymod diomod gidlmod tempmod mtrlmod wpemod geomod rgeomod permod
      toxe toxp toxm dtox epsrox toxref voffl pditsl rdswmin ados bdos lambda vtl
      xl xw lint wint ll lw lwl lln lwn wl ww wwl wln wwn dwc wlc wwc wwlc dwj dlcig dlcigd dmcg dmci dmdg dmcgt
      rsh rshg xgw xgl ngcon rbpb rbpd rbps rbdb rbsb gbmin
      jss jsws jswgs njs xtis ijthsfwd jsd jswd jswgd njd xtid ijthdfwd
      jtss jtsd jtssws jtsswd jtsswgs jtsswgd`),
  ]),
  inert: new Set([
    ...names(`version paramchk capmod cvchargemod trnqsmod acnqsmod fnoimod tnoimod mtrlcompatmod
      xpart cgso cgdo cgbo cf clc cle dlc llc lwc lwlc rsw rdw rswmin rdwmin
      cjs cjd mjs mjd pbs pbd cjsws cjswd mjsws mjswd pbsws pbswd cjswgs cjswgd mjswgs mjswgd
      pbswgs pbswgd tpb tcj tpbsw tcjsw tpbswg tcjswg ijthsrev ijthdrev bvs bvd xjbvs xjbvd
      noia noib noic em af ef kf lintnoi ntnoi tnoia tnoib tnoic rnoia rnoib rnoic
      xtss xtsd xtssws xtsswd xtsswgs xtsswgd njts njtssw njtsswg njtsd njtsswd njtsswgd vtss vtsd vtssws vtsswd
      vtsswgs vtsswgd tnjts tnjtssw tnjtsswg tnjtsd tnjtsswd tnjtsswgd
      saref sbref wlod ku0 kvsat tku0 lku0 wku0 pku0 llodku0 wlodku0 kvth0 lkvth0 wkvth0 pkvth0 llodvth wlodvth
      stk2 lodk2 steta0 lodeta0 web wec kvth0we k2we ku0we scref lmin lmax wmin wmax tempeot
      phig epsrgate easub epsrsub ni0sub bg0sub tbgasub tbgbsub leffeot weffeot vddeot eot
      rbps0 rbpsl rbpsw rbpsnf rbpd0 rbpdl rbpdw rbpdnf rbpbx0 rbpbxl rbpbxw rbpbxnf rbpby0 rbpbyl rbpbyw rbpbynf
      rbsbx0 rbsby0 rbdbx0 rbdby0 rbsdbxl rbsdbxw rbsdbxnf rbsdbyl rbsdbyw rbsdbynf
      vgs_max vgd_max vgb_max vds_max vbs_max vbd_max vgsr_max vgdr_max vgbr_max vbsr_max vbdr_max`),
    ...['', 'l', 'w', 'p'].flatMap((prefix) => [...CHARGES].map((name) => prefix + name)),
  ]),
};

export const BSIM4_INSTANCE: DeviceKind['instanceParameters'] = {
  used: names(`l w m nf min ad as pd ps nrd nrs geomod rgeomod rgatemod rbodymod delvto sa sb temp dtemp
    xgw ngcon rbpb rbpd rbps rbdb rbsb`),
  inert: names('off ic sd sca scb scc sc acnqsmod trnqsmod'),
};
