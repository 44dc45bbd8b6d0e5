export {
  FORMATS,
  FileRefusal,
  type DocumentLines,
  type FileProblem,
  type FormatId,
  type FormatLimits,
  type HeaderSynonyms,
  type OpenRequest,
  type OpenedFile,
  type Part,
  type ReadResult,
} from './app/opened-file.js';
export { openFile } from './app/open-file.js';
