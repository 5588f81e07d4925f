import { Child } from './child.js';
import { freePort } from './free-port.js';
import { type Credentials, IssuerProcess } from './issuer-process.js';
import { type Line, play, type Summarize } from './play.js';

/** What an example brings along. */
export interface Demo {
  /** The script that runs the issuer. */
  readonly issuer: URL;
  /** The script that runs the API. */
  readonly server: URL;
  readonly clients: {
    /** The one that the curl lines act as. */
    readonly acme: Credentials;
    /** The API itself, when it asks about tokens. */
    readonly api: Credentials;
  };
  /** Lines to copy and paste, once a token is in `$TOKEN`. */
  readonly curl: (api: string) => readonly string[];
  /** The path at which the API describes itself, if there is one. */
  readonly docs?: `/${string}`;
  /** One line after the other: some lines need the issuer to be in a certain state. */
  readonly story: (issuer: IssuerProcess) => AsyncIterable<Line>;
  readonly summarize: Summarize;
}

/**
 * The whole demo: starts the issuer and the API, says where they are, and plays the story. Both stay up until Ctrl-C, or
 * with `--once` only to the end of the story.
 */
export async function tellStory(demo: Demo): Promise<void> {
  const issuer = await IssuerProcess.start(demo.issuer, await freePort(4000));
  const port = await freePort(3000);
  const api = `http://127.0.0.1:${port}`;
  const server = await Child.start(demo.server, {
    PORT: String(port),
    CONNECT_ISSUER: issuer.url,
    CONNECT_AUDIENCE: issuer.audience,
    CONNECT_CLIENT_ID: demo.clients.api.clientId,
    CONNECT_CLIENT_SECRET: demo.clients.api.clientSecret,
  });

  introduce(demo, issuer, api, server);
  await playAll(demo, issuer, api);

  if (!process.argv.includes('--once')) {
    await issuer.restart(); // With new keys: the API finds out by itself.
    console.log('\nThe issuer is up again, with new keys. Both keep running; Ctrl-C ends them.');
    await new Promise((resolve) => process.once('SIGINT', resolve));
  }
  await Promise.all([issuer.stop(), server.stop()]);
}

function introduce({ clients, curl, docs }: Demo, issuer: IssuerProcess, api: string, server: Child): void {
  const described = docs === undefined ? '' : `; its routes and their scopes are described at ${api}${docs}`;
  console.log(`
The issuer  ${issuer.url}  (process ${issuer.pid})
The API     ${api}  (process ${server.pid}${described})

To try it yourself, copy and paste:

  TOKEN=$(curl -s ${issuer.url}/oauth2/token -d grant_type=client_credentials \\
    -d client_id=${clients.acme.clientId} -d client_secret=${clients.acme.clientSecret} \\
    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  ${curl(api).join('\n  ')}

The story:
`);
}

/** Prints a row for each line. Where the API answers otherwise than told, the demo fails. */
async function playAll({ story, summarize }: Demo, issuer: IssuerProcess, api: string): Promise<void> {
  let lines = 0;
  let right = 0;
  for await (const line of story(issuer)) {
    const { asTold, row } = await play(api, line, summarize);
    console.log(row);
    lines += 1;
    if (asTold) right += 1;
  }
  console.log(`\n${right} of ${lines} lines came out as told.`);
  if (right < lines) process.exitCode = 1;
}
