import { filled, type Sentences } from '../modules/rules/messages/sentence.js';
import type { AppError } from '../platform/errors/app-error.js';
import { printable } from '../platform/terminal/printable.js';
import type { Output } from '../platform/terminal/terminal.js';

/** Exit 1 of the contract: reasons, one a line: file, row, column, code, message, by tabs; the refusal itself first. */
export function writeSaid(output: Output, place: string, error: AppError, sentences: Sentences): void {
  const whole = { file: place, row: 0, column: '', code: error.code, params: error.params };
  for (const { file = place, row, column, code, params } of [whole, ...error.findings]) {
    const said = sentences[code];
    const message = said === undefined ? '' : `${filled(said.zh, params)} / ${filled(said.en, params)}`;
    output.write(`${[file, String(row), column, code, message].map((text) => printable(text)).join('\t')}\n`);
  }
}
