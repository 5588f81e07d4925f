import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Locks folders, and gives them back, as it is told. One that stalls stops in the middle: the first file that it makes
// is open, and nothing is in it yet.
const received: ((message: { lock?: string }) => void)[] = [];
const next = () => new Promise<{ lock?: string }>((resolve) => received.push(resolve));
process.on('message', (message: object) => received.shift()?.(message));

if (process.argv[2] === 'stalling') {
  const { open } = fs.promises;
  fs.promises.open = async (...args) => {
    const handle = await open(...args);
    if (args[1] === 'wx') {
      fs.promises.open = open;
      syncBuiltinESMExports();
      process.send?.({ stalled: true });
      await next();
    }
    return handle;
  };
  syncBuiltinESMExports();
}

const { lockFolder } = await import('../../../src/storage/lock-folder.js');
process.send?.({ ready: true });

for (;;) {
  const { lock } = await next();
  try {
    const unlock = await lockFolder(lock as string);
    process.send?.({ held: true });
    await next();
    await unlock();
    process.send?.({ unlocked: true });
  } catch (error) {
    process.send?.({ held: false, name: (error as Error).name, message: (error as Error).message });
  }
}
