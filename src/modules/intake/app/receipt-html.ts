/** The pieces of the printed receipt. */
import { escaped, type Html } from '../../../platform/html/page.js';

export function element(name: 'h1' | 'h2' | 'p', text: string, className?: string): Html {
  return { html: `<${name}${className === undefined ? '' : ` class="${className}"`}>${escaped(text)}</${name}>\n` };
}

export interface TableLook {
  /** Columns of figures, to the right. */
  readonly numbers?: readonly number[];
  /** The first cell of each row is its heading. */
  readonly isHeadedLeft?: boolean;
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[], look: TableLook = {}): Html {
  const cell = (text: string, column: number) => {
    if (look.isHeadedLeft === true && column === 0) return `<th scope="row">${escaped(text)}</th>`;
    return `<td${look.numbers?.includes(column) === true ? ' class="number"' : ''}>${escaped(text)}</td>`;
  };
  const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>\n`).join('');
  return {
    html: `<table>\n${head === '' ? '' : `<thead><tr>${head}</tr></thead>\n`}<tbody>\n${body}</tbody>\n</table>\n`,
  };
}
