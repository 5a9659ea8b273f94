/** What becomes of a calculation sheet -> Document: its lines with their marks, and what each mistake is. */

import type { SheetLine, SheetResult } from '../expectation/sheet/result.ts';
import type { Block } from './document.ts';

const MARKS: Readonly<Record<SheetLine['status'], string>> = {
  holds: 'ok',
  taken: 'taken',
  wrong: 'WRONG',
  follows: 'follows',
  unread: 'unread',
};

export function sheetBlocks({ file, lines, first }: SheetResult): Block[] {
  const count = (status: SheetLine['status']) => lines.filter((at) => at.status === status).length;
  const [wrong, follows, notRead] = [count('wrong'), count('follows'), count('unread')];
  const sentences = [
    `${lines.length - wrong - follows - notRead} of ${lines.length} lines hold.`,
    ...(first === null ? [] : [`The first wrong step is in line ${first.line}: ${first.text}.`]),
    ...(follows === 0 ? [] : [`${counted(follows, 'line')} from a wrong one.`]),
    ...(notRead === 0 ? [] : [`${notRead} could not be read.`]),
  ];
  const items = lines.flatMap(explained);
  return [
    { kind: 'heading', text: file },
    {
      kind: 'table',
      columns: [
        { title: '', align: 'left' },
        { title: 'line', align: 'right' },
        { title: 'calculation', align: 'left' },
      ],
      rows: lines.map(({ status, line, text }) => [MARKS[status], String(line), text]),
    },
    ...(items.length === 0 ? [] : [{ kind: 'list', items } as const]),
    { kind: 'paragraph', text: sentences.join(' ') },
  ];
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} follows` : `${count} ${noun}s follow`;
}

function explained({ line, status, steps, note }: SheetLine): string[] {
  const wrong = steps.flatMap((step): string[] => {
    if (step.status === 'wrong') return [`Line ${line}, ${step.text}: ${step.reason}.`];
    if (step.identity === 'coincidence') return [`Line ${line}, ${step.text}: ${step.reason}.`];
    return [];
  });
  if (status === 'follows') {
    const from = steps.find(({ from }) => from !== null)?.from;
    return [`Line ${line} follows from line ${from}.`];
  }
  if (status === 'unread') return [`Line ${line} is not read: ${note}`];
  if (status === 'taken' && note !== null) return [`Line ${line}: ${note}.`, ...wrong];
  return wrong;
}
