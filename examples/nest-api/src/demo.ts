import { AuthorizationServerProcess, tellStory } from 'story';
import { story } from './demo/story.js';
import { summarize } from './demo/summarize.js';

await tellStory({
  issuer: (port) => AuthorizationServerProcess.start(port),
  server: new URL('demo/server.js', import.meta.url),
  curl: (api) => [
    `curl -i ${api}/projects -H "Authorization: Bearer $TOKEN"`,
    `curl -i ${api}/projects`,
    `curl -i ${api}/projects/project_3 -H "Authorization: Bearer $TOKEN"`,
    `curl -i -X DELETE ${api}/projects/project_1 -H "Authorization: Bearer $TOKEN"`,
    `curl ${api}/activity -H "Authorization: Bearer $TOKEN"`,
    `curl -i ${api}/graphql -H "Authorization: Bearer $TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{ "query": "mutation { createProject(name: \\"Earthquake pills\\") { id name } }" }'`,
  ],
  docs: '/docs',
  story,
  summarize,
  epilogue: 'The authorization server is up again, with the data that it had.',
});
