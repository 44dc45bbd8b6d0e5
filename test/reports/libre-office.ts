import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { runFolder } from '../support/database.js';

/** 0: always, whoever wrote the file and whatever it keeps. */
const RECKON_ALWAYS = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`;

/** In milliseconds. */
const LONGEST = 240_000;

/** Opens a workbook with LibreOffice, which reckons every formula of it anew, and saves it again. */
export async function reckonedByLibreOffice(workbook: Uint8Array): Promise<Buffer> {
  const folder = await mkdtemp(join(runFolder(), 'libre-office-'));
  const settings = join(folder, 'profile', 'user');
  await mkdir(settings, { recursive: true });
  await writeFile(join(settings, 'registrymodifications.xcu'), RECKON_ALWAYS);
  const file = join(folder, 'workbook.xlsx');
  await writeFile(file, workbook);
  const asked = [
    `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
    ...['--headless', '--norestore', '--convert-to', 'xlsx:Calc MS Excel 2007 XML'],
    ...['--outdir', join(folder, 'out'), file],
  ];
  await promisify(execFile)('soffice', asked, { timeout: LONGEST });
  return readFile(join(folder, 'out', 'workbook.xlsx'));
}
