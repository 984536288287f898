// Column types the schema shares: raw bytes, and instants kept as milliseconds since 1970 (the law counts in ms).
import { bigint, customType } from 'drizzle-orm/pg-core';

/** `bytea`, read and written as Uint8Array. */
export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: (value) => new Uint8Array(value),
});

/** An instant in milliseconds since 1970-01-01T00:00Z. A number, so nothing depends on a driver's date handling. */
export const instant = (name: string) => bigint(name, { mode: 'number' });
