/** What is wrong with a file, a folder or an archive as a whole, or with the shape of its rows. */
import type { Sentences } from './sentence.js';

const FILE_SHAPES: Sentences = {
  unknown_column: {
    zh: '{name}不是这个文件可用的名称，请改名或删去[，可用的有：{columns}]。',
    en: '{name} is not a name this file may use; please rename or delete it[, known are: {columns}].',
  },
  doubled_column: {
    zh: '表头中{name}出现了两次，请只保留一列。',
    en: 'The header has {name} twice; please keep one.',
  },
  missing_column: {
    zh: '表头中缺少{name}一列，请补上。',
    en: 'The header lacks {name}; please add the column.',
  },
  column_count: {
    zh: '本行有 {found} 列，而表头有 {expected} 列，请检查是否多了或少了逗号、引号。',
    en: 'The row has {found} columns, the header {expected}; please look for a comma or quote too many or too few.',
  },
  stray_quote: {
    zh: '{column}的双引号位置不对，请用双引号括住整格内容，内容里的双引号写成两个。',
    en: 'A quote in {column} is out of place; please quote the whole field and double the quotes inside it.',
  },
  field_too_long: {
    zh: '{column}内容过长，请缩短。',
    en: '{column} is too long; please shorten it.',
  },
  unsupported_encoding: {
    zh: '文件的编码不是 UTF-8、GB18030 或 UTF-16，请另存为 UTF-8（Excel 中选“CSV UTF-8”）。',
    en: 'The file is in none of UTF-8, GB18030 and UTF-16; please save it as UTF-8 (“CSV UTF-8” in Excel).',
  },
  invalid_encoding: {
    zh: '从此处起的字节不合文件的编码（UTF-8、GB18030 或 UTF-16，XML 以声明为准），请重新导出，存为 UTF-8（Excel 中选“CSV UTF-8”）。',
    en: 'From here on the bytes do not fit the encoding of the file (UTF-8, GB18030 or UTF-16; of XML the one declared); please export it again as UTF-8 (“CSV UTF-8” in Excel).',
  },
  invalid_character: {
    zh: '此处含有空字符 U+0000，文件可能已损坏，请重新导出。',
    en: 'The character U+0000 stands here and the file may be damaged; please export it again.',
  },
  unclosed_quote: {
    zh: '从此处开始的双引号没有闭合，请补上结束的双引号。',
    en: 'The quote opened here is not closed; please close it.',
  },
  row_too_long: {
    zh: '本行过长，请检查前面是否有双引号没有闭合。',
    en: 'The row is too long; please look for a quote left open before it.',
  },
  too_many_columns: {
    zh: '列数过多，请删去不用的列。',
    en: 'There are too many columns; please delete those not used.',
  },
  empty_file: {
    zh: '文件是空的，或没有表头，请至少写上表头一行。',
    en: 'The file is empty or has no header; please give it at least the header row.',
  },
  bad_header: {
    zh: '表头中{column}的双引号有误或列名过长，请改正表头。',
    en: 'In the header, {column} has a stray quote or too long a name; please correct it.',
  },
  invalid_json: {
    zh: '文件不是规范的 JSON 对象，请改正，如 {"priceReduction": "within", "opportunitySaving": "within"}。',
    en: 'The file is not a JSON object; please correct it, for example {"priceReduction": "within", "opportunitySaving": "within"}.',
  },
};

const FILES: Sentences = {
  unknown_file: {
    zh: '文件名[ {file} ]不可识别，请改为以下之一：{files}。',
    en: 'The file name[ {file}] is not a known one; please use one of: {files}.',
  },
  file_too_large: {
    zh: '文件过大[，最多 {limit}]，请按月份拆分后再交。',
    en: 'The file is too large[, at most {limit}]; please split it by month.',
  },
  file_unreadable: {
    zh: '无法读取此文件，请检查它是否为普通文件以及访问权限。',
    en: 'The file cannot be read; please check that it is a regular file and that you may read it.',
  },
  folder_not_found: {
    zh: '找不到此文件夹，请检查路径。',
    en: 'There is no such folder; please check the path.',
  },
  not_a_folder: {
    zh: '此路径不是文件夹，请改为存放 CSV 文件的文件夹。',
    en: 'This path is not a folder; please name the folder that holds the CSV files.',
  },
  folder_unreadable: {
    zh: '无法读取此文件夹，请检查访问权限。',
    en: 'The folder cannot be read; please check that you may read it.',
  },
  empty_folder: {
    zh: '文件夹中没有可识别的数据文件，请放入 records.csv 等文件：{files}。',
    en: 'The folder has no known data file; please put in records.csv and the like: {files}.',
  },
  already_superseded: {
    zh: '导入 {import_id} 已不再有效（已被别的导入替换），请核对要替换的导入编号。',
    en: 'Import {import_id} no longer stands (another import superseded it); please check which import to supersede.',
  },
  supersedes_other_source: {
    zh: '要替换的导入 {import_id} 的单据来源是 {sources}，与本文件不同，请核对编号。',
    en: 'Import {import_id}, which is to be superseded, has records of another source ({sources}) than this file; please check its number.',
  },
  supersedes_other_period: {
    zh: '本文件含有期间 {periods} 的单据，而要替换的导入 {import_id} 只有 {expected}，请把其他期间的单据另行导入。',
    en: 'The file has records of {periods}, but import {import_id}, which it is to supersede, only of {expected}; please hand in the other periods by themselves.',
  },
  more_problems: {
    zh: '另有 {count} 处问题未列出，请先改正以上各处后再试。',
    en: 'There are {count} more problems not listed; please correct those above and try again.',
  },
};

const ARCHIVES: Sentences = {
  not_a_zip: {
    zh: '文件[中的 {entry} ]不是完好的 ZIP 压缩包，请重新压缩后再交。',
    en: 'The file[, at {entry},] is not a sound ZIP archive; please compress it again.',
  },
  empty_zip: {
    zh: '压缩包里既没有找到工作簿，也没有可识别的数据文件：若是 Excel 或 WPS 的表格，请打开后另存为 .xlsx 再交；若是数据文件夹，请放入 records.csv 等文件：{files}。',
    en: 'Neither a workbook nor a known data file was found in the archive: if it is a spreadsheet, please open it and save it as .xlsx; if it is a folder, please put in records.csv and the like: {files}.',
  },
  zip_too_large: {
    zh: '压缩包解开后过大，请分成几个再交。',
    en: 'The archive is too large once unpacked; please split it.',
  },
  too_many_entries: {
    zh: '压缩包中的文件过多，请只放入需要的文件。',
    en: 'The archive holds too many files; please put in only those needed.',
  },
  encrypted_zip: {
    zh: '压缩包[中的 {entry} ]设有密码，请去掉密码重新压缩。',
    en: 'The archive[, at {entry},] has a password; please compress it again without one.',
  },
  doubled_entry: {
    zh: '压缩包中有两个同名文件[：{entry}]，请只保留一个。',
    en: 'Two files of the archive have the same name[: {entry}]; please keep one.',
  },
  interrupted: {
    zh: '导入多次中断，没有写入任何数据，请重新提交此文件。',
    en: 'The import was interrupted several times and nothing was written; please hand the file in again.',
  },
  storage_full: {
    zh: '磁盘空间不足，没有写入任何数据，请管理员腾出空间后重新提交此文件。',
    en: 'The disk is full and nothing was written; please have it cleared and hand the file in again.',
  },
  internal_error: {
    zh: '程序内部出错，没有写入任何数据，请把此信息和文件交给管理员。',
    en: 'The program failed and nothing was written; please give this message and the file to the administrator.',
  },
};

export const FILE_SENTENCES: Sentences = { ...FILE_SHAPES, ...FILES, ...ARCHIVES };
