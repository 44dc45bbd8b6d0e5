import { DefaultNamingStrategy, type Table } from 'typeorm';

/**
 * Names constraints as PostgreSQL names those that a migration leaves unnamed, so that migrations and entities agree
 * and an error of the database says which rule was broken.
 */
export class ConstraintNames extends DefaultNamingStrategy {
  override primaryKeyName(table: Table | string): string {
    return `${this.getTableName(table)}_pkey`;
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return [this.getTableName(table), ...columns, 'key'].join('_');
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return [this.getTableName(table), ...columns, 'fkey'].join('_');
  }

  /** Of a check on one column, which the expression must begin with; a check on several is named by hand. */
  override checkConstraintName(table: Table | string, expression: string): string {
    return [this.getTableName(table), /^\w+/.exec(expression)?.[0], 'check'].join('_');
  }
}
