CREATE TABLE "council_log_leaves" (
	"origin" text NOT NULL,
	"index" integer NOT NULL,
	"digest" text NOT NULL,
	"checkpoint" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "council_log_leaves_origin_index_pk" PRIMARY KEY("origin","index")
);
--> statement-breakpoint
CREATE TABLE "council_logs" (
	"origin" text PRIMARY KEY NOT NULL,
	"size" integer DEFAULT 0 NOT NULL,
	"checkpoint" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "minutes_names" (
	"record_id" text NOT NULL,
	"person" integer NOT NULL,
	"person_id" text NOT NULL,
	"name" text,
	"salt" "bytea",
	"consents" boolean DEFAULT false NOT NULL,
	CONSTRAINT "minutes_names_record_id_person_pk" PRIMARY KEY("record_id","person")
);
--> statement-breakpoint
CREATE TABLE "minutes_records" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"edition" integer NOT NULL,
	"doc_hash" text NOT NULL,
	"document_id" text NOT NULL,
	"record" "bytea" NOT NULL,
	"frozen_by" text NOT NULL,
	"frozen_at" bigint NOT NULL,
	"bundle" "bytea",
	"completed_at" bigint,
	"voided_at" bigint,
	"void_reason" text,
	CONSTRAINT "minutes_records_doc_hash_unique" UNIQUE("doc_hash")
);
--> statement-breakpoint
CREATE TABLE "minutes_signatures" (
	"record_id" text NOT NULL,
	"person" integer NOT NULL,
	"signature" jsonb NOT NULL,
	"enrolment" jsonb,
	"image" "bytea",
	"signed_at" bigint NOT NULL,
	CONSTRAINT "minutes_signatures_record_id_person_pk" PRIMARY KEY("record_id","person")
);
--> statement-breakpoint
CREATE TABLE "minutes_signing" (
	"meeting_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"least" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_signatures" (
	"id" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL,
	"person" integer NOT NULL,
	"statement" text NOT NULL,
	"text" text NOT NULL,
	"scan" "bytea" NOT NULL,
	"media_type" text NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" bigint NOT NULL,
	"settled_by" text,
	"settled_at" bigint,
	"confirmed" boolean
);
--> statement-breakpoint
CREATE TABLE "signing_asks" (
	"nonce" text PRIMARY KEY NOT NULL,
	"record_id" text NOT NULL,
	"person_id" text NOT NULL,
	"manifest" jsonb NOT NULL,
	"image" "bytea",
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"by" text NOT NULL,
	"device" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "minutes_names" ADD CONSTRAINT "minutes_names_record_id_minutes_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."minutes_records"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_records" ADD CONSTRAINT "minutes_records_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_signatures" ADD CONSTRAINT "minutes_signatures_record_id_minutes_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."minutes_records"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_signing" ADD CONSTRAINT "minutes_signing_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_signatures" ADD CONSTRAINT "paper_signatures_record_id_minutes_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."minutes_records"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_asks" ADD CONSTRAINT "signing_asks_record_id_minutes_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."minutes_records"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_records_one_standing" ON "minutes_records" USING btree ("meeting_id") WHERE "minutes_records"."voided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_records_editions" ON "minutes_records" USING btree ("meeting_id","edition");--> statement-breakpoint
CREATE FUNCTION council_log_is_appended_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a council''s log is never changed';
END
$$;--> statement-breakpoint
CREATE TRIGGER council_log_leaves_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON "council_log_leaves"
  FOR EACH STATEMENT EXECUTE FUNCTION council_log_is_appended_only();
