import type { Application } from '../../applications/application-row.js';

/** Returns an application in WorkOS's shape; each kind has its own fields. */
export function toApplicationResource(application: Application): object {
  const { applicationType, isFirstParty, organizationId } = application;
  return {
    object: 'connect_application',
    id: application.id,
    client_id: application.clientId,
    name: application.name,
    description: application.description,
    application_type: applicationType,
    ...(applicationType === 'oauth' && {
      redirect_uris: application.redirectUris,
      uses_pkce: application.usesPkce,
      is_first_party: isFirstParty,
      ...(!isFirstParty && { was_dynamically_registered: application.wasDynamicallyRegistered }),
    }),
    ...(organizationId !== null && { organization_id: organizationId }),
    scopes: application.scopes,
    created_at: application.createdAt.toISOString(),
    updated_at: application.updatedAt.toISOString(),
  };
}
