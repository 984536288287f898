CREATE TABLE "note_photos" (
	"id" text PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"topic_id" text NOT NULL,
	"media_type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"participant_id" text,
	"at" bigint NOT NULL,
	"shown" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "note_photos" ADD CONSTRAINT "note_photos_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "note_photos_meeting_id_index" ON "note_photos" USING btree ("meeting_id");