import { Child } from './child.js';
import { freePort } from './free-port.js';
import { type Line, play, type Summarize } from './play.js';
import type { StoryIssuer } from './story-issuer.js';

/** The parts of the demo that differ between the examples. */
export interface Demo<Issuer extends StoryIssuer> {
  /** Starts the issuer, on this port. */
  readonly issuer: (port: number) => Promise<Issuer>;
  /** The script that runs the API. */
  readonly server: URL;
  /** Lines to copy and paste once `$TOKEN` holds a token. */
  readonly curl: (api: string) => readonly string[];
  /** The path of the API's documentation, if there is one. */
  readonly docs?: `/${string}`;
  /** One line after the other: some lines need the issuer to be in a certain state. */
  readonly story: (issuer: Issuer) => AsyncIterable<Line>;
  readonly summarize: Summarize;
  /** Printed when the issuer is up again. */
  readonly epilogue: string;
}

/**
 * Runs the demo: starts the issuer and the API, prints their addresses, and plays the story. Both stay up until Ctrl-C, or,
 * with `--once`, until the end of the story.
 */
export async function tellStory<Issuer extends StoryIssuer>(demo: Demo<Issuer>): Promise<void> {
  const issuer = await demo.issuer(await freePort(4000));
  const port = await freePort(3000);
  const api = `http://127.0.0.1:${port}`;
  const server = await Child.start(demo.server, {
    PORT: String(port),
    CONNECT_ISSUER: issuer.url,
    CONNECT_AUDIENCE: issuer.audience,
    CONNECT_CLIENT_ID: issuer.api.clientId,
    CONNECT_CLIENT_SECRET: issuer.api.clientSecret,
  });

  introduce(demo, issuer, api, server);
  await playAll(demo, issuer, api);

  if (!process.argv.includes('--once')) {
    await issuer.restart();
    console.log(`\n${demo.epilogue} Both keep running; Ctrl-C ends them.`);
    await new Promise((resolve) => process.once('SIGINT', resolve));
  }
  await Promise.all([issuer.dispose(), server.stop()]);
}

function introduce<Issuer extends StoryIssuer>(
  { curl, docs }: Demo<Issuer>,
  issuer: Issuer,
  api: string,
  server: Child,
): void {
  const described = docs === undefined ? '' : `; its routes and their scopes are described at ${api}${docs}`;
  const { clientId, clientSecret } = issuer.acme;
  console.log(`
${issuer.title.padEnd(10)}  ${issuer.url}  (process ${issuer.pid})
The API     ${api}  (process ${server.pid}${described})

To try it yourself, copy and paste:

  TOKEN=$(curl -s ${issuer.url}/oauth2/token -d grant_type=client_credentials \\
    -d client_id=${clientId} -d client_secret=${clientSecret} \\
    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  ${curl(api).join('\n  ')}

The story:
`);
}

/** Prints a row for each line. The demo fails if the API answers differently. */
async function playAll<Issuer extends StoryIssuer>(
  { story, summarize }: Demo<Issuer>,
  issuer: Issuer,
  api: string,
): Promise<void> {
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
