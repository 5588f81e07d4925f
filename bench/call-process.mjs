// Makes one call again and again for some seconds, and reports what it took. Started by measure-calls.mjs.
const { MODULE, CALL } = process.env;
const { calls } = await import(MODULE);
const call = calls[CALL];
const batch = 20;

process.on('message', async ({ seconds }) => {
  let made = 0;
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  for (; performance.now() < end; made += batch) {
    for (let at = 0; at < batch; at += 1) await call();
  }
  process.send({ microseconds: ((performance.now() - startedAt) * 1000) / made });
});
process.once('disconnect', () => process.exit(0));
process.send('ready');
