// Node.js loads this before a script that a demo starts: however the demo ends, this process ends with it.
const end = () => process.exit();
if (!process.connected) end();
process.once('disconnect', end);
// A busy process may learn of it first by a message that cannot be sent.
process.once('error', end);

// To wait for the end of the demo is no reason to go on.
process.channel?.unref();
