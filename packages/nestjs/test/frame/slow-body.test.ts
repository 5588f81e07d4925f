import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Body, Controller, Post } from '@nestjs/common';
import { ConnectAuthModule, currentAuth, RequireOrg } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { openNest, platforms, portOf } from '../open-nest.js';

@Controller()
class RootController {
  @Post()
  @RequireOrg()
  async add(@Body() body: { text: string }) {
    await null;
    return { org: currentAuth().orgId, length: body.text.length };
  }
}

test.each(platforms)(
  '%s: a body that comes in pieces, long after its head, does not lose the caller',
  async (platform) => {
    const { issuer, trust } = await openIssuer();
    const imports = [ConnectAuthModule.forRoot({ ...trust(), global: true })];
    const { app } = await openNest(platform, { imports, controllers: [RootController] });
    for (const _time of ['first', 'second']) {
      const body = JSON.stringify({ text: 'x'.repeat(1_000) });
      const head = [
        'POST / HTTP/1.1',
        'Host: api.test',
        `Authorization: Bearer ${issuer.token({ org: 'org_B' })}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        'Connection: close',
      ];
      const socket = connect(portOf(app), '127.0.0.1').setEncoding('latin1');
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk;
      });
      const arrived = once(app.getHttpServer(), 'request');
      socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
      await arrived;
      await setImmediate();
      socket.write(body.slice(10, 500));
      await setImmediate();
      socket.write(body.slice(500));
      await once(socket, 'close');
      expect(received).toContain('{"org":"org_B","length":1000}');
    }
  },
);
