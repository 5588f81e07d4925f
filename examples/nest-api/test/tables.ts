import { addSampleRows } from '../src/storage/add-sample-rows.js';
import { schemaSql } from '../src/storage/schema-sql.js';

export const tables = { schemaSql, addSampleRows };
