import { openGbt } from './gbt/open-gbt.js';
import type { OpenedFile, OpenRequest } from './opened-file.js';
import { refusal } from './refusals.js';
import { signatureOf } from './signature.js';
import { openText } from './text/open-text.js';
import { openXlsx } from './workbook/open-workbook.js';

/**
 * Tells from its content what a file is and opens it for reading as rows of the tables known here.
 * @throws FileRefusal where nothing can be read: unknown_format, html_table, unknown_layout, kind_mismatch, a broken or hostile file
 */
export async function openFile(request: OpenRequest): Promise<OpenedFile> {
  const signature = await signatureOf(request.path);
  switch (signature.container) {
    case 'text':
      return openText(request);
    case 'empty':
      throw refusal('empty_file');
    case 'workbook':
      return openXlsx(request);
    case 'xml':
      return openGbt(request);
    case 'html':
      throw refusal('html_table');
    case 'other':
      throw refusal('unknown_format', {}, { seems: signature.seems });
  }
}
