import { tellStory } from 'story';
import { clients } from './demo/clients.js';
import { story } from './demo/story.js';
import { summarize } from './demo/summarize.js';

await tellStory({
  issuer: new URL('issuer.js', import.meta.url),
  server: new URL('server.js', import.meta.url),
  clients,
  curl: (api) => [
    `curl -i ${api}/projects -H "Authorization: Bearer $TOKEN"`,
    `curl -i ${api}/projects`,
    `curl -i ${api}/projects/project_3 -H "Authorization: Bearer $TOKEN"`,
    `curl -i -X DELETE ${api}/projects/project_1 -H "Authorization: Bearer $TOKEN"`,
    `curl -i ${api}/graphql -H "Authorization: Bearer $TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{ "query": "mutation { createProject(name: \\"Earthquake pills\\") { id name } }" }'`,
  ],
  docs: '/docs',
  story,
  summarize,
});
