import { ConfigurationError, type Verifier } from '@connect-auth/core';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { connectAuth } from '../../src/index.js';
import { expressVersions } from '../express-versions.js';
import { openApi } from '../open-api.js';

describe.each(expressVersions)('%s: a verifier of somebody’s own making', (_name, express) => {
  test.each([undefined, null, {}, 'auth', []])('that resolves to %p lets nobody pass: 500', async (nothing) => {
    const verifier = { verify: async () => nothing, recall: () => undefined } as never as Verifier;
    const { app, reached, errors } = openApi(express, connectAuth({ verifier }));
    const { status } = await request(app).get('/').set('Authorization', 'Bearer abc');
    expect({ status, reached }).toEqual({ status: 500, reached: [] });
    expect(errors).toEqual([expect.any(ConfigurationError)]);
  });
});
