/** 总账.xml of GB/T 24589.1-2010: accounts, balances and one 记账凭证 per voucher line, each with its 30 auxiliary items. */
import { balancesOf, type Balance } from './balances.js';
import type { Books } from './books.js';
import { ACCOUNTS } from './chart.js';
import { quantityText, yuan } from './decimals.js';
import { encodedText } from './encoded-text.js';
import type { Line, Voucher } from './voucher.js';
import { xmlText } from './xml-text.js';

type Fields = readonly (readonly [name: string, text: string])[];

const NAMESPACE = 'http://sxbw.audit.gov.cn/AccountingSoftwareDataInterfaceStandard/2010/SOE/XMLSchema';
const ENCODING_NAMES = { gb18030: 'GB18030', 'utf-8': 'UTF-8' } as const;

function element(name: string, fields: Fields): string {
  let xml = `<${name}>\n`;
  for (const [field, text] of fields) xml += text === '' ? `<${field}/>\n` : `<${field}>${xmlText(text)}</${field}>\n`;
  return `${xml}</${name}>\n`;
}

/** 科目辅助核算: which auxiliary item is what. */
const AUXILIARIES = ['部门', '项目', '供应商'] as const;
const AUXILIARY_ITEMS = 30;
const BLANK_AUXILIARIES = Array.from(
  { length: AUXILIARY_ITEMS - AUXILIARIES.length },
  (_, i) => [`辅助项${AUXILIARIES.length + i + 1}编号`, ''] as const,
);
const auxiliaries = (...codes: readonly string[]): Fields => [
  ...AUXILIARIES.map((_, i) => [`辅助项${i + 1}编号`, codes[i] ?? ''] as const),
  ...BLANK_AUXILIARIES,
];

const quantity = (millionths: bigint) => (millionths === 0n ? '0' : quantityText(millionths));
const money = (fen: bigint) => (fen === 0n ? '0' : yuan(fen));
const compact = (date: string) => date.replaceAll('-', '');
const periodFields = (period: string): Fields => [
  ['会计年度', period.slice(0, 4)],
  ['会计期间号', String(BigInt(period.slice(5, 7)))],
];
/** One side of an entry or a month: quantity, then the amount in its own currency and in the books'. */
const sideFields = (side: '借方' | '贷方', millionths: bigint, fen: bigint): Fields => [
  [`${side}数量`, quantity(millionths)],
  [`${side}原币金额`, money(fen)],
  [`${side}本币金额`, money(fen)],
];

const NUMBER_LENGTH = 4;

function voucherXml({ date, type, no }: Voucher, line: Line): string {
  const { department, project, counterparty } = line;
  const none = 0n;
  const isDebit = line.debit !== none;
  return element('记账凭证', [
    ['记账凭证日期', compact(date)],
    ...periodFields(date.slice(0, 7)),
    ['记账凭证类型编号', '1'],
    ['记账凭证编号', `${type}${String(no).padStart(NUMBER_LENGTH, '0')}`],
    ['记账凭证行号', String(line.line)],
    ['记账凭证摘要', line.summary],
    ['科目编号', line.account.code],
    ...auxiliaries(department?.code ?? '', project === null ? '' : `${project.code}(${project.name})`, counterparty),
    ['币种编码', '1'],
    ['计量单位', line.unit],
    ...sideFields('借方', isDebit ? line.quantity : none, line.debit),
    ...sideFields('贷方', isDebit ? none : line.quantity, line.credit),
    ...LAST_FIELDS,
  ]);
}

const LAST_FIELDS: Fields = [
  ...[['汇率类型编号', '1'] as const, ['汇率', '1'] as const, ['单价', '0'] as const],
  ...['凭证头可扩展字段结构值', '分录行可扩展字段结构值', '结算方式编码', '票据类型', '票据号', '票据日期'].map(
    (name) => [name, ''] as const,
  ),
  ...[['附件数', '1'] as const, ['制单人', '101'] as const, ['审核人', '0002'] as const],
  ...[
    ['记账人', '0003'] as const,
    ['记账标志', '1'] as const,
    ['作废标志', '0'] as const,
    ['凭证来源系统', ''] as const,
  ],
];

function balanceXml({ period, account, department, opening, debit, credit, closing }: Balance): string {
  const { direction } = account;
  const ofDirection = (fen: bigint) => money(direction === '借' ? fen : -fen);
  return element('科目余额及发生额', [
    ['科目编号', account.code],
    ...auxiliaries(department?.code ?? ''),
    ['期初余额方向', direction],
    ['期末余额方向', direction],
    ['币种编码', '1'],
    ['计量单位', ''],
    ...periodFields(period),
    ['期初数量', '0'],
    ['期初原币余额', ofDirection(opening)],
    ['期初本币余额', ofDirection(opening)],
    ...sideFields('借方', 0n, debit),
    ...sideFields('贷方', 0n, credit),
    ['期末数量', '0'],
    ['期末原币余额', ofDirection(closing)],
    ['期末本币余额', ofDirection(closing)],
  ]);
}

const levelOf = (name: string) => String(name.split('_').length);

function* elements(books: Books, encoding: keyof typeof ENCODING_NAMES): Generator<string> {
  yield `<?xml version="1.0" encoding="${ENCODING_NAMES[encoding]}"?>\n<总账 xmlns="${NAMESPACE}">\n`;
  yield element('总账基础信息', [
    ['结构分隔符', '-'],
    ['会计科目编号规则', '4-2-2-2'],
  ]);
  for (const { code, name, type, direction } of ACCOUNTS) {
    yield element('会计科目', [
      ...[['科目编号', code] as const, ['科目名称', name] as const, ['科目级次', levelOf(name)] as const],
      ...[['科目类型', type] as const, ['余额方向', direction] as const],
    ]);
  }
  for (const { code } of ACCOUNTS) {
    for (const [i, name] of AUXILIARIES.entries()) {
      yield element('科目辅助核算', [
        ...[['科目编号', code] as const, ['辅助项编号', String(i + 1)] as const, ['辅助项名称', name] as const],
        ...[['对应档案', name] as const, ['辅助项描述', `${name}明细核算`] as const],
      ]);
    }
  }
  for (const balance of balancesOf(books)) yield balanceXml(balance);
  for (const voucher of books.vouchers()) for (const line of voucher.lines) yield voucherXml(voucher, line);
  yield '</总账>\n';
}

export function gbtXml(books: Books, encoding: keyof typeof ENCODING_NAMES): AsyncIterable<Buffer> {
  return encodedText(elements(books, encoding), encoding);
}
