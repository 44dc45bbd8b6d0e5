import type { Sentences } from './sentence.js';

/** Why a backup or a restore was not done. */
export const BACKUP_SENTENCES: Sentences = {
  backup_folder_not_empty: {
    zh: '备份目录 {folder} 里已有 {found}：请换一个新的或空的目录；没有 manifest.json 的是中断的备份，可以删除。',
    en: 'The backup folder {folder} already holds {found}: please name a new or empty one; what has no manifest.json is an interrupted backup and may be removed.',
  },
  backup_folder_unwritable: {
    zh: '备份目录 {folder} 写不进去（{reason}）：请检查权限，或换一个目录。',
    en: 'The backup folder {folder} cannot be written ({reason}): please check its permissions or name another one.',
  },
  backup_no_space: {
    zh: '备份目录 {folder} 所在的磁盘满了，备份没有完成：请腾出空间或换一个目录再备份。',
    en: 'The disk of the backup folder {folder} is full and the backup was not finished: please make room or name another folder.',
  },
  nothing_to_back_up: {
    zh: '这里没有本系统的数据库，没有什么可备份：请核对 DATA_DIR 和 DATABASE_URL。',
    en: 'There is no database of this program here to back up: please check DATA_DIR and DATABASE_URL.',
  },
  backup_schema_changing: {
    zh: '数据库结构正在升级，没有备份：请等升级完成后再备份。',
    en: 'The schema is being migrated and nothing was backed up: please try again once that is done.',
  },
  stored_file_damaged: {
    zh: '原件 {path} 的内容与它的 SHA-256 不符：请从更早的备份中恢复它，或把它移走，然后再来一次。',
    en: 'The stored file {path} is not what its SHA-256 says: please bring it back from an earlier backup or move it away, and try again.',
  },
  backup_without_manifest: {
    zh: '{folder} 里没有 manifest.json，不是一份完整的备份：请核对目录。',
    en: '{folder} has no manifest.json and is no whole backup: please check the folder.',
  },
  backup_manifest_invalid: {
    zh: '备份清单 manifest.json 的 {place} 不合规，没有恢复：请改用另一份备份。',
    en: 'The manifest.json of the backup is not valid at {place}, and nothing was restored: please use another backup.',
  },
  backup_of_newer_format: {
    zh: '备份的格式是第 {found} 版，比本程序新，没有恢复：请先升级本程序。',
    en: 'The backup has format {found}, which is newer than this program, and nothing was restored: please upgrade the program first.',
  },
  backup_of_newer_version: {
    zh: '备份来自版本 {program}，它的数据库结构（{migration}）本程序不认识，没有恢复：请改用那个版本或更新的版本。',
    en: 'The backup is of version {program}, whose schema ({migration}) this program does not know, and nothing was restored: please use that version or a later one.',
  },
  backup_damaged: {
    zh: '备份 {folder} 不完好，没有恢复：请改用另一份备份。',
    en: 'The backup {folder} is not whole, and nothing was restored: please use another one.',
  },
  backup_file_missing: {
    zh: '备份里没有这个文件，或它不是普通文件：请改用另一份备份。',
    en: 'The backup lacks this file, or it is no plain file: please use another backup.',
  },
  backup_file_changed: {
    zh: '这个文件在备份之后被改动或截断：请改用另一份备份。',
    en: 'This file was changed or cut short since the backup: please use another backup.',
  },
  place_not_fresh: {
    zh: '只能恢复到空的地方，而这里已有 {found}，没有恢复：请用新的 DATA_DIR 或空的数据库。',
    en: 'A backup is restored into an empty place only, and here is {found}; nothing was restored: please set a new DATA_DIR or name an empty database.',
  },
  place_of_other_schema: {
    zh: '这里的数据库有别的表结构，没有恢复：请用新的 DATA_DIR 或空的数据库。',
    en: 'The database here has tables of another schema and nothing was restored: please set a new DATA_DIR or name an empty database.',
  },
  backup_schema_differs: {
    zh: '备份的表 {table} 与它自己的版本不符，没有恢复：请改用另一份备份。',
    en: 'The table {table} of the backup is not that of its own version, and nothing was restored: please use another backup.',
  },
  backup_rows_missing: {
    zh: '表 {table} 应有 {expected} 行，备份里是 {found} 行，没有恢复：请改用另一份备份。',
    en: 'The table {table} should have {expected} rows and the backup has {found}; nothing was restored: please use another backup.',
  },
  backup_row_refused: {
    zh: '表 {table} 中有数据库不接受的行（{reason}），没有恢复：请改用另一份备份。',
    en: 'The table {table} has a row that the database refuses ({reason}), and nothing was restored: please use another backup.',
  },
  restore_not_conserved: {
    zh: '备份中的数前后不符，没有恢复：请改用另一份备份。',
    en: 'The figures of the backup do not agree with one another, and nothing was restored: please use another one.',
  },
  not_conserved: {
    zh: '矿 {mine} 有 {differing} 处单据、各单元的和、单元不相等，例如 {place}：请改用另一份备份。',
    en: 'In mine {mine} records, sums and cells differ in {differing} places, such as {place}: please use another backup.',
  },
};
