CREATE TABLE "topic_needs" (
	"meeting_id" text NOT NULL,
	"topic_id" text NOT NULL,
	"need_id" text NOT NULL,
	"made" boolean NOT NULL,
	CONSTRAINT "topic_needs_meeting_id_topic_id_need_id_pk" PRIMARY KEY("meeting_id","topic_id","need_id")
);
--> statement-breakpoint
ALTER TABLE "topic_needs" ADD CONSTRAINT "topic_needs_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_needs" ADD CONSTRAINT "topic_needs_need_id_needs_id_fk" FOREIGN KEY ("need_id") REFERENCES "public"."needs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "topic_needs_need_id_index" ON "topic_needs" USING btree ("need_id");