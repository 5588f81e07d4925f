import { AppModule } from './app.module.js';
import { serve } from './serve.js';

/** The API as a process: `PORT`, `DATABASE_URL`, and the `CONNECT_…` variables that `ConnectAuthModule` reads. */
await serve(AppModule);
