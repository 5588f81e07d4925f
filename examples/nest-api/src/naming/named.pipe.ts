import { Injectable, type PipeTransform, UnprocessableEntityException } from '@nestjs/common';
import type { Named } from './named.js';

/** Takes only the name: an `orgId` in the input is ignored. */
@Injectable()
export class NamedPipe implements PipeTransform<unknown, Named> {
  transform(value: unknown): Named {
    const { name } = (value ?? {}) as { name?: unknown };
    if (typeof name !== 'string' || !/^\P{Cc}{1,100}$/u.test(name)) {
      throw new UnprocessableEntityException('name must be a text of 1 to 100 characters');
    }
    return { name };
  }
}
