import { kindOfFile, sentenceOf } from '../modules/rules/messages.js';
import { inOrder, type Problem } from '../modules/rules/problem.js';
import { printable } from '../platform/terminal/printable.js';
import type { Output } from '../platform/terminal/terminal.js';

/** More would not be read, and a file of a million bad rows would fill a disk. */
export const MAX_LINES = 10_000;

/** Exit 1 of the contract: reasons, one a line: file, row (0: the file as a whole), column, code, message, by tabs. */
export function writeRefusal(output: Output, problems: readonly Problem[]): void {
  const listed = inOrder(problems).slice(0, MAX_LINES);
  const unlisted = problems.length - listed.length;
  if (unlisted > 0) {
    listed.push({ file: '', row: 0, column: '', code: 'more_problems', params: { count: String(unlisted) } });
  }
  for (const problem of listed) output.write(`${refusalLine(problem)}\n`);
}

function refusalLine(problem: Problem): string {
  const described = { ...problem, kind: problem.document ?? kindOfFile(problem.file) };
  const file = problem.sheet === undefined ? problem.file : `${problem.file}[${problem.sheet}]`;
  const message = `${sentenceOf(described, 'zh')} / ${sentenceOf(described, 'en')}`;
  return [file, String(problem.row), problem.column, problem.code, message].map((text) => printable(text)).join('\t');
}
