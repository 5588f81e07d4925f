/**
 * Tests that need what is not there are skipped with a line, "skipped, since <reason>: <title>". It is passed on, and noted for the
 * end of the run, where nobody has to look for it.
 */
const announcement = /^skipped, since (?<reason>[^:]+): (?<title>.+)$/;

export function watchLeftOut(stdout) {
  const { write } = stdout;
  const leftOut = [];
  stdout.write = function (chunk, ...rest) {
    const found = typeof chunk === 'string' ? announcement.exec(chunk.trimEnd()) : null;
    if (found !== null) leftOut.push({ ...found.groups });
    return write.call(this, chunk, ...rest);
  };
  return () => {
    stdout.write = write;
    return leftOut;
  };
}
