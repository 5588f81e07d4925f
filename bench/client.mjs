// Sends requests at full speed for some seconds and reports how many were answered. Pinned to a core of its own.
import autocannon from 'autocannon';

process.on('message', async ({ port, path, tokens, seconds }) => {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${path}`,
    connections: 16,
    duration: seconds,
    requests: tokens.map((token) => ({ headers: { authorization: `Bearer ${token}` } })),
  });
  process.send({
    answered: result['2xx'],
    refused: result.non2xx + result.errors,
    perSecond: result['2xx'] / result.duration,
  });
});
process.once('disconnect', () => process.exit(0));
process.send('ready');
