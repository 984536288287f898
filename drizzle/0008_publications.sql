CREATE TABLE "publication_files" (
	"publication_id" text NOT NULL,
	"name" text NOT NULL,
	"made_from" text NOT NULL,
	"content" "bytea" NOT NULL,
	"made_at" bigint NOT NULL,
	CONSTRAINT "publication_files_publication_id_name_pk" PRIMARY KEY("publication_id","name")
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"meeting_id" text NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"conclusions" text NOT NULL,
	"contact" text NOT NULL,
	"from_day" text NOT NULL,
	"until_day" text NOT NULL,
	"origin" text NOT NULL,
	"doc_hash" text,
	"published_by" text,
	"published_at" bigint NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" bigint,
	"withdrawn_reason" text,
	CONSTRAINT "publications_community_id_year_number_unique" UNIQUE("community_id","year","number"),
	CONSTRAINT "publications_days" CHECK ("publications"."from_day" <= "publications"."until_day"),
	CONSTRAINT "publications_hash" CHECK (("publications"."kind" = 'decision') = ("publications"."doc_hash" is not null)),
	CONSTRAINT "publications_tombstone" CHECK (("publications"."withdrawn_at" is null) = ("publications"."withdrawn_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "retention_periods" (
	"community_id" text PRIMARY KEY NOT NULL,
	"days" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "retention_runs" (
	"community_id" text NOT NULL,
	"day" text NOT NULL,
	"matter" text NOT NULL,
	"forgotten" integer NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "retention_runs_community_id_day_matter_pk" PRIMARY KEY("community_id","day","matter")
);
--> statement-breakpoint
ALTER TABLE "objections" ALTER COLUMN "project_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "objections" ADD COLUMN "publication_id" text;--> statement-breakpoint
ALTER TABLE "publication_files" ADD CONSTRAINT "publication_files_publication_id_publications_id_fk" FOREIGN KEY ("publication_id") REFERENCES "public"."publications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_withdrawn_by_people_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_periods" ADD CONSTRAINT "retention_periods_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_runs" ADD CONSTRAINT "retention_runs_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "publications_one_standing" ON "publications" USING btree ("meeting_id","kind") WHERE "publications"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "retention_runs_community_id_index" ON "retention_runs" USING btree ("community_id");--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_publication_id_publications_id_fk" FOREIGN KEY ("publication_id") REFERENCES "public"."publications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "objections_publication_id_index" ON "objections" USING btree ("publication_id");--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_to_one" CHECK (num_nonnulls("objections"."project_id", "objections"."publication_id") = 1);