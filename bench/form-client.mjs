// Posts one form at full speed for some seconds and reports how many were answered. Pinned to a core of its own.
import autocannon from 'autocannon';

process.on('message', async ({ url, form, seconds }) => {
  const result = await autocannon({
    url,
    method: 'POST',
    connections: 10,
    duration: seconds,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  process.send({ perSecond: result['2xx'] / result.duration });
});
process.once('disconnect', () => process.exit(0));
process.send('ready');
