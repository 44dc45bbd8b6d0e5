/** Money of the books is whole fen, quantities are whole millionths: texts of both, exactly. */

const FEN = 2;
const MILLIONTHS = 6;

/** Fen as yuan with two decimals: 11400.00, -0.05. */
export const yuan = (fen: bigint): string => shifted(fen, FEN);

/** Millionths without zeros at the end: 12.5, 3. */
export function quantityText(millionths: bigint): string {
  return shifted(millionths, MILLIONTHS).replace(/\.?0+$/, '');
}

function shifted(whole: bigint, decimals: number): string {
  const digits = (whole < 0n ? -whole : whole).toString().padStart(decimals + 1, '0');
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
