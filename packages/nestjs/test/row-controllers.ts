import { Controller, type Type } from '@nestjs/common';

/** The path of a row's controller in an application that serves all rows of a table. */
export const rowPath = (at: number) => `/row-${at}`;

/** Puts a row's controller at the path of the row, and names it after the row for errors that end the start. */
export function rowController(type: Type, name: string, at: number): Type {
  Controller(rowPath(at))(type);
  return Object.defineProperty(type, 'name', { value: name });
}
