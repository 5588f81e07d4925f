import { expect, test } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { Public, RequireScopes } from '../../src/index.js';
import { openIssuer } from '../open-issuer.js';
import { openDocument, securityOf } from './open-document.js';

class BaseController {
  @Get('list') list() {}
}
@Controller('a')
@RequireScopes('a')
class AController extends BaseController {}
@Controller('b')
@RequireScopes('b')
class BController extends BaseController {}
@Controller('open')
@Public()
class OpenController extends BaseController {}

test('a handler that several controllers inherit is one function, and described by the first of them', async () => {
  const { trust } = await openIssuer();
  const document = await openDocument(trust(), [AController, BController, OpenController]);
  // What is enforced is another matter: it goes by the class.
  const ofFirst = [{ connect: ['a'] }];
  expect(securityOf(document)).toEqual({ '/a/list': ofFirst, '/b/list': ofFirst, '/open/list': ofFirst });
});
