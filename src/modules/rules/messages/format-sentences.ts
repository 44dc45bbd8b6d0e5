/** What is wrong with a file as one of the formats that a centre hands over (modules/formats). */
import type { Sentences } from './sentence.js';

export const FORMAT_SENTENCES: Sentences = {
  unknown_format: {
    zh: '不认识这种文件[（似乎是 {seems}）]，请交 XLSX 工作簿、CSV 或制表符文本、用友 U8 凭证文本，或 GB/T 24589.1 的 XML。',
    en: 'This kind of file is not read here[ (it seems to be {seems})]; please hand in an XLSX workbook, CSV or tab-separated text, a U8 voucher text, or XML of GB/T 24589.1.',
  },
  html_table: {
    zh: '这是网页（HTML）表格，不是真正的工作簿（许多系统把它命名为 .xls），请用 Excel 或 WPS 打开后另存为 .xlsx 再交。',
    en: 'This is a table of a web page (HTML) and no workbook, though many systems name it .xls; please open it in Excel or WPS and save it as .xlsx.',
  },
  unknown_layout: {
    zh: '认不出表头[，找到的列有：{headers}][；最接近的是{closest}，还缺：{lacking}]。请按模板补上表头，或在映射方案里登记本矿的列名。',
    en: 'No header of a known table was found[; the columns found are: {headers}][; the nearest is {closest}, which lacks: {lacking}]. To have it read, please add the header, or name the columns in the mapping profile.',
  },
  kind_mismatch: {
    zh: '提交时说这是 {stated}，而文件的内容是 {found}，请改正类别或换成对的文件。',
    en: 'The file was handed in as {stated}, but it holds {found}; please correct the kind or hand in the right file.',
  },
  unit_not_yuan: {
    zh: '金额单位是{unit}而不是元，请以元为单位重新导出。',
    en: 'The amounts are in {unit}, not in yuan; please export them again in yuan.',
  },
  missing_period: {
    zh: '既没有会计期间一列，表头上方也没有写明一个月份（如“期间：2023年03月”），请补上。',
    en: 'There is no column for the period, nor does a line above the header name one month (like “2023-03”); please add it.',
  },
  missing_year: {
    zh: '日期只有月和日，没有年的一列，表头上方也没有写明是哪一年（如“会计年度：2023”），请补上。',
    en: 'Days have only month and day: there is no column for the year, nor does a line above the header name one year (like “2023-03”); please add it.',
  },
  nc_voucher_unsupported: {
    zh: '这是用友 NC 的凭证交换文件（ufinterface），其分录字段没有公开，无法可靠读取，请改为导出序时账，或 GB/T 24589.1 的 XML。',
    en: 'This is a voucher file of Yonyou NC (ufinterface), whose entry fields are not public; please export the journal or the XML of GB/T 24589.1 instead.',
  },
  doubled_field: {
    zh: '这个元素里{column}出现了两次，无法判断以哪个为准，请重新导出。',
    en: 'The element has {column} twice and nobody can say which counts; please export it again.',
  },
  nested_field: {
    zh: '这个元素里{column}还含有下级元素，不是国标的平面结构，请按 GB/T 24589.1 重新导出。',
    en: 'In this element {column} has elements of its own, which is not the flat layout of the standard; please export it as of GB/T 24589.1.',
  },
};
