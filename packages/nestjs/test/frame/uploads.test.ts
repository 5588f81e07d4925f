import { expect, test } from '@jest/globals';
import { Controller, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ConnectAuthModule, currentAuth, OrgId, RequireOrg } from '../../src/index.js';
import { bearer, openIssuer } from '../open-issuer.js';
import { openNest } from '../open-nest.js';

@Controller('files')
class FilesController {
  @Post()
  @RequireOrg()
  @UseInterceptors(FileInterceptor('file'))
  add(@UploadedFile() file: { size: number }, @OrgId() orgId: string) {
    return { orgId, size: file.size, current: currentAuth().orgId };
  }
}

test('behind an upload, which is read between guard and handler, it is the caller of the request', async () => {
  const { issuer, trust } = await openIssuer();
  const imports = [ConnectAuthModule.forRoot(trust())];
  const { http } = await openNest('Express', { imports, controllers: [FilesController] });
  const upload = (org: string) =>
    http
      .post('/files')
      .set(bearer(issuer.token({ org })))
      .attach('file', Buffer.alloc(300_000), 'file.bin');
  const answers = await Promise.all(['org_A', 'org_B', 'org_C'].map(upload));
  expect(answers.map(({ body }) => body)).toEqual(
    ['org_A', 'org_B', 'org_C'].map((org) => ({ orgId: org, size: 300_000, current: org })),
  );
});
