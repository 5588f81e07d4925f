// Node.js loads this before a script that a demo starts: however the demo ends, this process ends with it.
const end = () => process.exit();
if (!process.connected) end();
process.once('disconnect', end);
// A busy process may first learn of it when a message cannot be sent.
process.once('error', end);

// Waiting for the end of the demo must not keep this process alive.
process.channel?.unref();
