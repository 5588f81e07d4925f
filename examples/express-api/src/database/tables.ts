import type { Tables } from 'walled-database';
import { addSampleRows } from './add-sample-rows.js';
import { schemaSql } from './schema-sql.js';

export const tables: Tables = { schemaSql, addSampleRows };
