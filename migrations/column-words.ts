/** How a kind of value is kept. Part of the migrations, which never import what may change. */
export const CODE = 'text COLLATE "C"';
export const AMOUNT = 'numeric(20,2)';
export const MEASURED = 'numeric(24,6)';
export const finite = (...columns: string[]) => columns.map((c) => `CHECK (${c} <> 'NaN'::numeric)`).join(', ');
export const CATEGORY_CHECK = `CHECK (category IN ('management','resource','business','personnel','market','industry'))`;
export const NATURE_CHECK = `CHECK (nature IN ('explicit','implicit_booked','implicit_opportunity'))`;
