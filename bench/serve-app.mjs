/** Serves an app on a free port, says which, and ends with whoever started the process. */
export function serveApp(app) {
  const server = app.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.once('disconnect', () => process.exit(0));
}
