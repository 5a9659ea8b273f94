/**
 * What stands beside a calculation in a text: prose, or something that may belong to the calculation and would change
 * its meaning if it were left out.
 */

export interface Doubt {
  readonly message: string;
  readonly hint: string;
}

const WORDS_THAT_CALCULATE =
  /^(?:[xX]|mod|times|plus|minus|over|per|divided|multiplied|squared|cubed)(?![\p{L}\p{N}_])/u;
/** Words that go on with a sentence behind a number; any other one may be a unit. */
const CONNECTIVES =
  /^(?:and|or|so|but|which|that|this|it|is|are|was|will|at|for|with|by|from|in|to|of|on|as|if|when|while|where|because|since|then|than|thus|hence|instead|only|not|und|oder|also|mit|bei|ist)(?![\p{L}\p{N}_])/u;
/** Feminine and masculine ordinals are letters, too, and look like a degree. */
const LETTER = /^(?![\u00aa\u00ba])\p{L}|^\\(?:text|mathrm)\{\s*\p{L}/u;
/** The end of a sentence or of a quotation, or a mark that says that a line was verified. */
const ENDS =
  /^(?:[,;?\u2026"\u201c\u201d\u00bb\u2713\u2714\u2705]|:(?=\s+\p{Ll}|\s*$)|\.(?!\.*\d)|\\\s*$)/u;
const DASH_AND_WORD = /^[-\u2012-\u2015]\s*\p{Lu}?\p{Ll}+(?![\p{L}\p{N}_])/u;
const PARENTHESIS_AND_WORD = /^[([]\s*\p{L}{2}/u;
/** In front of a line or between a word and a calculation. */
const BULLETS =
  /^[\s$`\u25aa\u25e6\u25cf\u2023\u2012-\u2015\u2713\u2714\u2705\u2610\u2611#\u00a7*_"'\u201c\u201e\u2018\u00ab]*$/u;
const LEADS =
  /(?:[,;:.?!\u2026"\u201c\u201d\u201e\u00ab\u00bb'\u2018\u2019]|\p{L}\s*[\u2012-\u2015])$/u;

/** What is looked at in front of a calculation [characters]. */
const LONGEST_WORD = 80;

/** Digits in groups, or with a comma for the point: `1,99`, `20 000`. */
export const GROUPED: Doubt = {
  message: 'A number with a comma, a blank or an apostrophe between its digits is not read.',
  hint: 'Write 1.99k for 1,99 k, and 20000 or 20k for 20,000.',
};

/** The doubt about `rest`, which begins where a calculation ends. */
export function doubtBehind(
  rest: string,
  {
    bareNumber,
  }: { /** The calculation ends with a number without unit. */ readonly bareNumber: boolean },
): Doubt | undefined {
  const text = rest.replace(/^[\s$`]+/, '');
  if (text === '') return undefined;
  const isWord = LETTER.test(text) && !WORDS_THAT_CALCULATE.test(text);
  if (isWord && (!bareNumber || CONNECTIVES.test(text))) return undefined;
  if (isWord) {
    return {
      message: `"${wordAt(text)}" behind a number is not a unit that is known.`,
      hint: 'Use a unit of docs/sheets.md, or put a comma before a sentence goes on.',
    };
  }
  if (ENDS.test(text) || DASH_AND_WORD.test(text) || PARENTHESIS_AND_WORD.test(text))
    return undefined;
  return left(wordAt(text));
}

/** The doubt about `rest`, which ends where a calculation begins. */
export function doubtBefore(rest: string): Doubt | undefined {
  if (BULLETS.test(rest)) return undefined;
  const text = rest.slice(-LONGEST_WORD).replace(/[\s$`]+$/, '');
  if (text === '' || LEADS.test(text)) return undefined;
  const [word = ''] = /\S+$/u.exec(text) ?? [];
  if (LETTER.test(word) && !WORDS_THAT_CALCULATE.test(word)) return undefined;
  return left(word);
}

/** In mathematics there is no prose: only what separates calculations, and a label with a colon. */
export function doubtInMathematics(
  rest: string,
  { isFirst }: { readonly isFirst: boolean },
): Doubt | undefined {
  const text = rest.replace(/\\(?:q?quad|[,;:! ]|\\)|[\s$`&~]/g, '');
  if (/^[.,;:]*$/.test(text) || (isFirst && /^[\p{L}\p{N}_]+:$/u.test(text))) return undefined;
  return left(wordAt(rest.trim()));
}

/** The doubt about `rest` between two calculations of a text: with nothing there, they are one that cannot be read. */
export function doubtBetween(rest: string): Doubt | undefined {
  if (/[^\s$`]/.test(rest)) return undefined;
  return {
    message: 'Here are two calculations with nothing between them, or a unit that is not known.',
    hint: 'Put a comma between them, or use a unit of docs/sheets.md: 5.02·10^-3 V.',
  };
}

function left(text: string): Doubt {
  return {
    message: `"${text}" beside this calculation cannot be read as a part of it.`,
    hint: 'Write + - * / ^ || and parentheses; put a comma before prose, and prose outside of $...$ and code.',
  };
}

function wordAt(text: string): string {
  const [word = ''] = /^(?:\\?\p{L}+|\S)/u.exec(text) ?? [];
  return word;
}
