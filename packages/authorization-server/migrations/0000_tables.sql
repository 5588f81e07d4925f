CREATE SCHEMA IF NOT EXISTS "connect_auth";
--> statement-breakpoint
CREATE TABLE "connect_auth"."applications" (
	"environment_id" text NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"application_type" text NOT NULL,
	"is_first_party" boolean NOT NULL,
	"uses_pkce" boolean NOT NULL,
	"was_dynamically_registered" boolean NOT NULL,
	"organization_id" text,
	"redirect_uris" jsonb NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "applications_environment_id_id_pk" PRIMARY KEY("environment_id","id"),
	CONSTRAINT "applications_client_id" UNIQUE("environment_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."client_secrets" (
	"environment_id" text NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"application_id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"hint" text NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "client_secrets_environment_id_id_pk" PRIMARY KEY("environment_id","id")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."organization_memberships" (
	"environment_id" text NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"role_slug" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organization_memberships_environment_id_id_pk" PRIMARY KEY("environment_id","id"),
	CONSTRAINT "organization_memberships_pair" UNIQUE("environment_id","user_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."organizations" (
	"environment_id" text NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"external_id" text,
	"metadata" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organizations_environment_id_id_pk" PRIMARY KEY("environment_id","id"),
	CONSTRAINT "organizations_external_id" UNIQUE("environment_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."users" (
	"environment_id" text NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"first_name" text,
	"last_name" text,
	"external_id" text,
	"metadata" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_environment_id_id_pk" PRIMARY KEY("environment_id","id"),
	CONSTRAINT "users_external_id" UNIQUE("environment_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."environments" (
	"id" text NOT NULL,
	"client_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "environments_id_pk" PRIMARY KEY("id"),
	CONSTRAINT "environments_client_id" UNIQUE("client_id")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."api_keys" (
	"environment_id" text NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"hint" text NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_keys_environment_id_id_pk" PRIMARY KEY("environment_id","id"),
	CONSTRAINT "api_keys_hash" UNIQUE("environment_id","hash")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."idempotent_answers" (
	"environment_id" text NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"sealed_body" "bytea",
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotent_answers_environment_id_key_hash_pk" PRIMARY KEY("environment_id","key_hash")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."signing_keys" (
	"environment_id" text NOT NULL,
	"kid" text NOT NULL,
	"algorithm" text NOT NULL,
	"status" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_jwk" "bytea" NOT NULL,
	"token_seconds" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"activated_at" timestamp (3) with time zone,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "signing_keys_environment_id_kid_pk" PRIMARY KEY("environment_id","kid")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."access_tokens" (
	"environment_id" text NOT NULL,
	"jti" text NOT NULL,
	"kind" text NOT NULL,
	"client_id" text NOT NULL,
	"account_id" text,
	"grant_id" text,
	"organization_id" text,
	"payload" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "access_tokens_environment_id_jti_pk" PRIMARY KEY("environment_id","jti")
);
--> statement-breakpoint
CREATE TABLE "connect_auth"."artifacts" (
	"environment_id" text NOT NULL,
	"kind" text NOT NULL,
	"id_hash" "bytea" NOT NULL,
	"payload" jsonb NOT NULL,
	"grant_id" text,
	"uid" text,
	"user_code" text,
	"client_id" text,
	"account_id" text,
	"organization_id" text,
	"expires_at" timestamp (3) with time zone,
	"consumed_at" timestamp (3) with time zone,
	CONSTRAINT "artifacts_environment_id_kind_id_hash_pk" PRIMARY KEY("environment_id","kind","id_hash")
);
--> statement-breakpoint
ALTER TABLE "connect_auth"."client_secrets" ADD CONSTRAINT "client_secrets_application" FOREIGN KEY ("environment_id","application_id") REFERENCES "connect_auth"."applications"("environment_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_auth"."organization_memberships" ADD CONSTRAINT "organization_memberships_user" FOREIGN KEY ("environment_id","user_id") REFERENCES "connect_auth"."users"("environment_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_auth"."organization_memberships" ADD CONSTRAINT "organization_memberships_organization" FOREIGN KEY ("environment_id","organization_id") REFERENCES "connect_auth"."organizations"("environment_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_auth"."access_tokens" ADD CONSTRAINT "access_tokens_application" FOREIGN KEY ("environment_id","client_id") REFERENCES "connect_auth"."applications"("environment_id","client_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_organization" ON "connect_auth"."applications" USING btree ("environment_id","organization_id");--> statement-breakpoint
CREATE INDEX "client_secrets_application" ON "connect_auth"."client_secrets" USING btree ("environment_id","application_id");--> statement-breakpoint
CREATE INDEX "organization_memberships_organization" ON "connect_auth"."organization_memberships" USING btree ("environment_id","organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "connect_auth"."users" USING btree ("environment_id",lower("email"));--> statement-breakpoint
CREATE INDEX "idempotent_answers_expiry" ON "connect_auth"."idempotent_answers" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_one_active" ON "connect_auth"."signing_keys" USING btree ("environment_id") WHERE status = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_one_next" ON "connect_auth"."signing_keys" USING btree ("environment_id") WHERE status = 'next';--> statement-breakpoint
CREATE INDEX "access_tokens_client" ON "connect_auth"."access_tokens" USING btree ("environment_id","client_id");--> statement-breakpoint
CREATE INDEX "access_tokens_grant" ON "connect_auth"."access_tokens" USING btree ("environment_id","grant_id");--> statement-breakpoint
CREATE INDEX "access_tokens_expiry" ON "connect_auth"."access_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "artifacts_uid" ON "connect_auth"."artifacts" USING btree ("environment_id","kind","uid");--> statement-breakpoint
CREATE UNIQUE INDEX "artifacts_user_code" ON "connect_auth"."artifacts" USING btree ("environment_id","kind","user_code");--> statement-breakpoint
CREATE INDEX "artifacts_grant" ON "connect_auth"."artifacts" USING btree ("environment_id","grant_id");--> statement-breakpoint
CREATE INDEX "artifacts_client" ON "connect_auth"."artifacts" USING btree ("environment_id","client_id");--> statement-breakpoint
CREATE INDEX "artifacts_account" ON "connect_auth"."artifacts" USING btree ("environment_id","account_id");--> statement-breakpoint
CREATE INDEX "artifacts_expiry" ON "connect_auth"."artifacts" USING btree ("expires_at");