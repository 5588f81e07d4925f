import { openStorage } from '../../../src/storage/open-storage.js';

// Opens the storage once it is told to, as a server does that starts, and says that it could.
const storage = JSON.parse(process.argv[2] as string);

process.once('message', async () => {
  const opened = await openStorage(storage, 'default', 'auto');
  await opened.close();
  process.send?.({ migrated: true });
});

process.send?.({ ready: true });
