import { freePort, start, stop } from './demo/child-process.js';
import { clients } from './demo/clients.js';
import { IssuerProcess } from './demo/issuer-process.js';
import { type Outcome, play, toRow } from './demo/play.js';
import { story } from './demo/story.js';

const once = process.argv.includes('--once');

const issuer = new IssuerProcess(await freePort(4000));
await issuer.start();
const apiPort = await freePort(3000);
const api = `http://127.0.0.1:${apiPort}`;
const { child: server } = await start('server.js', {
  PORT: String(apiPort),
  CONNECT_ISSUER: issuer.url,
  CONNECT_AUDIENCE: issuer.audience,
  CONNECT_CLIENT_ID: clients.api.clientId,
  CONNECT_CLIENT_SECRET: clients.api.clientSecret,
});

console.log(`
The issuer  ${issuer.url}  (process ${issuer.pid})
The API     ${api}  (process ${server.pid})

To try it yourself, copy and paste:

  TOKEN=$(curl -s ${issuer.url}/oauth2/token -d grant_type=client_credentials \\
    -d client_id=${clients.acme.clientId} -d client_secret=${clients.acme.clientSecret} \\
    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -i ${api}/projects -H "Authorization: Bearer $TOKEN"
  curl -i ${api}/projects
  curl -i -X DELETE ${api}/projects/project_1 -H "Authorization: Bearer $TOKEN"
  curl ${api}/.well-known/oauth-protected-resource

The story:
`);

const outcomes: Outcome[] = [];
for await (const line of story(issuer)) {
  const outcome = await play(api, line);
  outcomes.push(outcome);
  console.log(toRow(outcome));
}

const wrong = outcomes.filter(({ asTold }) => !asTold).length;
console.log(`\n${outcomes.length - wrong} of ${outcomes.length} lines came out as told.`);
if (wrong > 0) process.exitCode = 1;

if (!once) {
  await issuer.start(); // With new keys: the API finds out by itself.
  console.log('\nThe issuer is up again, with new keys. Both keep running; Ctrl-C ends them.');
  await new Promise((resolve) => process.once('SIGINT', resolve));
}
await Promise.all([issuer.stop(), stop(server)]);
