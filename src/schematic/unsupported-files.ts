/** What files of programs that are not read look like, and what to export from these instead. */

export interface UnsupportedFile {
  /** `an Altium schematic` */
  readonly what: string;
  /** Judges the beginning of a text. */
  readonly matches: (sample: string) => boolean;
  readonly hint: string;
}

/** How much of a file tells what it is. */
const SAMPLE = 4000;

function begins(...marks: readonly string[]): UnsupportedFile['matches'] {
  return (sample) => marks.some((mark) => sample.startsWith(mark));
}

const FILES: readonly UnsupportedFile[] = [
  {
    what: 'a schematic of KiCad 5 or older',
    matches: (sample) => /^EESchema Schematic File Version/.test(sample),
    hint: 'Open it in KiCad 6 or later and save it, or give the netlist that KiCad exports (.net).',
  },
  {
    what: 'a KiCad board, not a schematic',
    matches: (sample) => /^\s*\(kicad_pcb\b/.test(sample),
    hint: 'Give the .kicad_sch file of the project.',
  },
  {
    what: 'a library of KiCad symbols',
    matches: (sample) => /^\s*\(kicad_symbol_lib\b/.test(sample),
    hint: 'Give the .kicad_sch file of the project.',
  },
  {
    what: 'a schematic of Eagle 5 or older',
    matches: begins('\u0010\u0000', '\u0010\u0080', '\u0010\u20ac'),
    hint: 'Open it in Eagle 6 or later or in Fusion and save it; KiCad imports that and saves a .kicad_sch file.',
  },
  {
    // Microsoft's compound file, D0 CF 11 E0, as the decoder shows it.
    what: 'a compound file, as Altium and OrCAD write their schematics',
    matches: begins('\u00d0\u00cf\u0011\u00e0'),
    hint: 'Give a SPICE netlist: in Altium, Simulate > Generate Netlist; in OrCAD Capture, PSpice > Create Netlist.',
  },
  {
    what: 'a Multisim design',
    matches: (sample) => /^(?:MSMCompressed)?ElectronicsWorkbenchXML/.test(sample),
    hint: 'In Multisim, Transfer > Export SPICE netlist writes a .cir file; give that.',
  },
  {
    what: 'a TINA schematic',
    matches: (sample) => /^OBSS/.test(sample),
    hint: 'In TINA, File > Export > Netlist writes a .cir file; give that.',
  },
  {
    what: 'an EasyEDA document',
    matches: (sample) =>
      /^\s*\{[\s\S]*?(?:"editorVersion"|"docType"|"schematics")|^\["DOCTYPE","SCH/.test(sample),
    hint: 'In EasyEDA, File > Export Netlist > SPICE writes a netlist; give that.',
  },
  {
    what: 'a drawing of PSpice Schematics',
    matches: (sample) => /^\*version [\d.]+ \d+\s+u \d/.test(sample),
    hint: 'Give the .cir file beside it, which names its netlist; Analysis > Create Netlist writes it.',
  },
  {
    what: 'an archive',
    matches: begins('PK\u0003\u0004'),
    hint: 'Unpack it and give the schematic or netlist in it.',
  },
  {
    what: 'a PDF document',
    matches: (sample) => /^%PDF-/.test(sample),
    hint: 'Give the schematic itself or a netlist exported from it.',
  },
  {
    what: 'a binary file',
    matches: (sample) => sample.includes('\u0000'),
    hint: 'Export a SPICE netlist from the program that it belongs to and give that.',
  },
];

/** Undefined for what is none of them. */
export function unsupportedFile(text: string): UnsupportedFile | undefined {
  const sample = text.slice(0, SAMPLE).replace(/^\uFEFF/, '');
  return FILES.find(({ matches }) => matches(sample));
}
