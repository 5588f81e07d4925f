import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { classChain } from '../access/access-levels.js';

type Swagger = typeof import('@nestjs/swagger');

/** Where `@nestjs/swagger` keeps responses, and where its compiler plugin keeps what it has read from the sources. */
const responsesKey = 'swagger/apiResponse';
const pluginKey = '_OPENAPI_METADATA_FACTORY';

type Responses = Readonly<Record<string, unknown>>;

/**
 * Says how a handler refuses, unless its author did. `@nestjs/swagger` looks for the success only where no response is
 * described: that comes first.
 */
export function describeResponses({ ApiResponse }: Swagger, type: Type, name: string): void {
  const method: object = type.prototype[name];
  const describe = (response: Parameters<typeof ApiResponse>[0]) =>
    ApiResponse(response)(type.prototype, name, { value: method });
  const described: Responses = Reflect.getMetadata(responsesKey, method) ?? {};
  if (Object.keys(described).length === 0) {
    describe({ status: successOf(method), description: '', ...readByPlugin(type, name) });
  }
  const known: Responses = { ...Reflect.getMetadata(responsesKey, type), ...described };
  if (!('401' in known)) describe({ status: 401, description: 'There is no access token, or it is not valid' });
  if (!('403' in known)) describe({ status: 403, description: 'The access token does not allow this' });
}

/** What Nest answers with. */
const successOf = (method: object): number =>
  Reflect.getMetadata(HTTP_CODE_METADATA, method) ??
  (Reflect.getMetadata(METHOD_METADATA, method) === RequestMethod.POST ? 201 : 200);

/** The response of the method that runs, without what the plugin says of the operation. */
function readByPlugin(type: Type, name: string): object {
  for (const each of classChain(type)) {
    const read = (each as { [pluginKey]?: () => Record<string, object | undefined> })[pluginKey]?.()[name];
    const { summary: _summary, deprecated: _deprecated, tags: _tags, ...response } = { ...read } as Responses;
    if (Object.keys(response).length > 0) return response;
  }
  return {};
}
