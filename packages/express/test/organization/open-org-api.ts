import type { Express, RequestHandler } from 'express';
import { connectAuth, currentOrg } from '../../src/index.js';
import type { CreateExpress } from '../express-versions.js';
import { errorKeeper } from '../open-api.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { listen } from '../wire/send-bytes.js';
import { type Asked, ask } from './ask.js';

/** An issuer, and the tokens of two organizations and of a caller without one. */
export async function openWorld() {
  const { issuer, trust } = await openIssuer();
  const tokens = {
    A: issuer.token({ org: 'org_A' }),
    B: issuer.token({ org: 'org_B' }),
    none: issuer.token({ org: null }),
  };
  return { issuer, trust, tokens };
}
export type World = Awaited<ReturnType<typeof openWorld>>;

/**
 * An API behind `connectAuth()` whose routes are put up by `mount`, with a handler that answers with the organization it
 * works for and keeps count. It is asked with the token of organization A, unless told.
 */
export async function openOrgApi(
  express: CreateExpress,
  world: World,
  mount: (app: Express, handler: RequestHandler) => void,
  authenticate: RequestHandler = connectAuth(world.trust()),
) {
  const app = express();
  const { errors, keepError } = errorKeeper();
  const reached: unknown[] = [];
  app.use(authenticate);
  mount(app, (req, res) => {
    const org = currentOrg();
    reached.push({ org, body: req.body as unknown });
    res.json({ org });
  });
  app.use(keepError);
  const port = await listen(app);

  const askAs = (token: string | undefined, path: string, { headers, ...asked }: Asked = {}) =>
    ask(port, path, { ...asked, headers: { ...(token === undefined ? {} : bearer(token)), ...headers } });
  return { askAs, ask: (path: string, asked?: Asked) => askAs(world.tokens.A, path, asked), reached, errors, app };
}

/** What is sent as JSON. */
export const json = (body: unknown): Asked => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
