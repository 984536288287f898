CREATE TABLE "appraisal_entries" (
	"appraisal_id" text NOT NULL,
	"code_hash" text NOT NULL,
	"form" jsonb NOT NULL,
	"entered_by" text NOT NULL,
	CONSTRAINT "appraisal_entries_code_hash_pk" PRIMARY KEY("code_hash")
);
--> statement-breakpoint
CREATE TABLE "appraisal_forms" (
	"id" text PRIMARY KEY NOT NULL,
	"appraisal_id" text NOT NULL,
	"group" text NOT NULL,
	"channel" text NOT NULL,
	"form" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appraisal_slips" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"appraisal_id" text NOT NULL,
	"group" text NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appraisals" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"round" integer NOT NULL,
	"status" text NOT NULL,
	"rules" jsonb NOT NULL,
	"groups" jsonb NOT NULL,
	"items" jsonb NOT NULL,
	"opened_at" bigint,
	"closed_at" bigint,
	"announced_at" bigint,
	"result" jsonb,
	"created_by" text,
	"created_at" bigint NOT NULL,
	CONSTRAINT "appraisals_result" CHECK (("appraisals"."status" in ('closed', 'announced')) = ("appraisals"."result" is not null))
);
--> statement-breakpoint
ALTER TABLE "appraisal_entries" ADD CONSTRAINT "appraisal_entries_appraisal_id_appraisals_id_fk" FOREIGN KEY ("appraisal_id") REFERENCES "public"."appraisals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_entries" ADD CONSTRAINT "appraisal_entries_code_hash_appraisal_slips_code_hash_fk" FOREIGN KEY ("code_hash") REFERENCES "public"."appraisal_slips"("code_hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_entries" ADD CONSTRAINT "appraisal_entries_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_forms" ADD CONSTRAINT "appraisal_forms_appraisal_id_appraisals_id_fk" FOREIGN KEY ("appraisal_id") REFERENCES "public"."appraisals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisal_slips" ADD CONSTRAINT "appraisal_slips_appraisal_id_appraisals_id_fk" FOREIGN KEY ("appraisal_id") REFERENCES "public"."appraisals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisals" ADD CONSTRAINT "appraisals_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisals" ADD CONSTRAINT "appraisals_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appraisal_entries_appraisal_id_index" ON "appraisal_entries" USING btree ("appraisal_id");--> statement-breakpoint
CREATE INDEX "appraisal_forms_appraisal_id_index" ON "appraisal_forms" USING btree ("appraisal_id");--> statement-breakpoint
CREATE INDEX "appraisal_slips_appraisal_id_index" ON "appraisal_slips" USING btree ("appraisal_id");--> statement-breakpoint
CREATE INDEX "appraisals_project_id_index" ON "appraisals" USING btree ("project_id");