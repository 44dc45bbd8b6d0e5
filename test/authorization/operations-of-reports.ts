import { v1 } from './asking.js';
import { handingIn, reading, sending, type Operation } from './operation.js';
import { READERS, type Role } from './roles.js';

const MAKING: readonly Role[] = ['finance', 'committee'];
const SIGNING: readonly Role[] = ['reviewer', 'finance', 'quality', 'committee'];
/** No report was made yet. */
const NONE = { mayAnswer: ['unknown_report'] };
const HASH = '0'.repeat(64);

export const REPORTS: readonly Operation[] = [
  reading('whole', 'GET /reports', READERS, v1('/reports')),
  sending('whole', 'POST /reports', MAKING, v1('/reports'), () => ({ period: '2023-03' })),
  reading('whole', 'GET /reports/{id}.{format}', READERS, v1('/reports/1.json'), NONE),
  reading('whole', 'GET /reports/{id}/signatures', READERS, v1('/reports/1/signatures'), NONE),
  reading('whole', 'GET /reports/{id}/signatures.html', READERS, v1('/reports/1/signatures.html'), NONE),
  sending(
    'whole',
    'POST /reports/{id}/sign',
    SIGNING,
    v1('/reports/1/sign'),
    () => ({ role: 'prepare', sha256: HASH }),
    {
      mayAnswer: ['unknown_report', 'not_your_signature'],
    },
  ),
  reading('whole', 'GET /report-texts', READERS, v1('/report-texts?period=2023-03')),
  sending('whole', 'PUT /report-texts', MAKING, v1('/report-texts'), (_, nth) => ({
    period: '2023-04',
    texts: [{ text: `措施${nth}` }],
  })),
  reading('whole', 'GET /control-items', READERS, v1('/control-items')),
  sending('whole', 'PUT /control-items', MAKING, v1('/control-items'), (_, nth) => ({
    items: [{ group: 'implicit', code: `I${nth}`, name: '零返工' }],
  })),
  reading('whole', 'GET /report-settings', READERS, v1('/report-settings')),
  sending('whole', 'PUT /report-settings', MAKING, v1('/report-settings'), () => ({ committeeSees: 'all' })),
  reading('whole', 'GET /report-template', READERS, v1('/report-template')),
  reading('whole', 'GET /report-template/file', READERS, v1('/report-template/file')),
  handingIn('whole', 'POST /report-template', MAKING, v1('/report-template'), (_, nth) => ({
    ...{ name: 't.docx', content: `${nth}`, fields: {} },
  })),
  sending('whole', 'POST /report-template/reset', MAKING, v1('/report-template/reset'), () => ({})),
  // Which figure is whose is tried in test/reports/lines.spec.ts.
  reading('open', 'GET /lines/{code}', READERS, v1('/lines/1-1'), { mayAnswer: ['no_such_figure'] }),
];
