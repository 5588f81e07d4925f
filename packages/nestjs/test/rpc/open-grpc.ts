import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@connect-auth/test-kit/free-port';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import type { Type } from '@nestjs/common';
import { Transport } from '@nestjs/microservices';
import type { OpenIssuer } from '../open-issuer.js';
import { closeLater, compileModule } from './open-microservice.js';

const proto = `syntax = "proto3";
package projects;
service Projects {
  rpc Org (Text) returns (Text);
  rpc Write (Text) returns (Text);
  rpc Many (Text) returns (stream Text);
  rpc Each (stream Text) returns (stream Text);
  rpc Call (stream Text) returns (stream Text);
}
message Text { string text = 1; }
`;

/** A message of one field, number 1: its tag, its length and its bytes. */
const encode = (text: string): Buffer => Buffer.concat([Buffer.from([10, text.length]), Buffer.from(text)]);
const decode = (bytes: Buffer): string => bytes.subarray(2).toString();

/** A gRPC service on the loopback, and what a client is told that calls one of its methods. */
export async function openGrpc(options: ReturnType<OpenIssuer['trust' | 'trustKeysOnly']>, controller: Type) {
  const folder = mkdtempSync(join(tmpdir(), 'connect-auth-grpc-'));
  closeLater(() => rmSync(folder, { recursive: true }));
  const protoPath = join(folder, 'projects.proto');
  writeFileSync(protoPath, proto);
  const { module, errors } = await compileModule(options, [controller]);
  const url = `127.0.0.1:${await freePort()}`;
  const microservice = module.createNestMicroservice({
    transport: Transport.GRPC,
    options: { package: 'projects', protoPath, url },
  });
  closeLater(() => microservice.close());
  await microservice.listen();
  const client = new Client(url, credentials.createInsecure());
  closeLater(() => client.close());

  function call(method: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    const stream = client.makeBidiStreamRequest(`/projects.Projects/${method}`, encode, decode, metadata);
    return new Promise((resolve) => {
      const answers: string[] = [];
      stream.on('data', (answer: string) => answers.push(answer));
      stream.on('error', ({ code, details }: ServiceError) => resolve({ code, details }));
      stream.on('end', () => answers.length > 0 && resolve(answers));
      stream.write('hello');
      stream.end();
    });
  }
  return { call, errors };
}
