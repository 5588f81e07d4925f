// Node.js loads this before a process of these tests: it runs the TypeScript sources, as Jest does, so that no build
// stands between an edit and its test.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);

// However the tests end, this process ends with them.
const end = () => process.exit();
if (!process.connected) end();
process.once('disconnect', end);
process.once('error', end);
