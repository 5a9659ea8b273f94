/** The files of the library, as one module that is loaded when a part is wanted. */

import analogDevices from './library/analog-devices.json' with { type: 'json' };
import linearTechnology from './library/linear-technology.json' with { type: 'json' };
import microchip from './library/microchip.json' with { type: 'json' };
import others from './library/others.json' with { type: 'json' };
import texasInstruments from './library/texas-instruments.json' with { type: 'json' };

export const FILES = [microchip, texasInstruments, analogDevices, linearTechnology, others];
