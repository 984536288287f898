CREATE TABLE "awards" (
	"id" text PRIMARY KEY NOT NULL,
	"fund_id" text NOT NULL,
	"envelope_id" text NOT NULL,
	"title" text NOT NULL,
	"payee" text DEFAULT '' NOT NULL,
	"project_id" text,
	"meeting_id" text,
	"motion_id" text,
	"basis" text DEFAULT '' NOT NULL,
	"awarded_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "envelopes" (
	"id" text PRIMARY KEY NOT NULL,
	"fund_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "envelopes_fund_id_name_unique" UNIQUE("fund_id","name")
);
--> statement-breakpoint
CREATE TABLE "fund_sources" (
	"id" text PRIMARY KEY NOT NULL,
	"fund_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "fund_sources_fund_id_name_unique" UNIQUE("fund_id","name")
);
--> statement-breakpoint
CREATE TABLE "funds" (
	"id" text PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"name" text NOT NULL,
	"year" integer NOT NULL,
	"principle" text DEFAULT '' NOT NULL,
	"excluded" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "funds_community_id_year_name_unique" UNIQUE("community_id","year","name")
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"fund_id" text NOT NULL,
	"kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"balance_fen" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "ledger_account_not_overdrawn" CHECK (case when "ledger_accounts"."kind" in ('source', 'ceiling') then "ledger_accounts"."balance_fen" <= 0 else "ledger_accounts"."balance_fen" >= 0 end)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"transaction_id" text NOT NULL,
	"line" integer NOT NULL,
	"account_id" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "ledger_entries_transaction_id_line_pk" PRIMARY KEY("transaction_id","line"),
	CONSTRAINT "ledger_entry_moves" CHECK ("ledger_entries"."amount_fen" <> 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_transactions" (
	"id" text PRIMARY KEY NOT NULL,
	"fund_id" text NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"award_id" text,
	"lines" integer NOT NULL,
	CONSTRAINT "ledger_transactions_fund_id_seq_unique" UNIQUE("fund_id","seq")
);
--> statement-breakpoint
CREATE TABLE "tranches" (
	"id" text PRIMARY KEY NOT NULL,
	"award_id" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"condition" text DEFAULT '' NOT NULL,
	"amount_fen" bigint NOT NULL,
	"met_at" bigint,
	"met_by" text,
	"evidence" text DEFAULT '' NOT NULL,
	CONSTRAINT "tranches_award_id_position_unique" UNIQUE("award_id","position"),
	CONSTRAINT "tranche_amount" CHECK ("tranches"."amount_fen" > 0)
);
--> statement-breakpoint
ALTER TABLE "awards" ADD CONSTRAINT "awards_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "awards" ADD CONSTRAINT "awards_envelope_id_envelopes_id_fk" FOREIGN KEY ("envelope_id") REFERENCES "public"."envelopes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fund_sources" ADD CONSTRAINT "fund_sources_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funds" ADD CONSTRAINT "funds_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tranches" ADD CONSTRAINT "tranches_award_id_awards_id_fk" FOREIGN KEY ("award_id") REFERENCES "public"."awards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "awards_fund_id_index" ON "awards" USING btree ("fund_id");--> statement-breakpoint
CREATE INDEX "awards_project_id_index" ON "awards" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "awards_meeting_id_index" ON "awards" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "ledger_accounts_fund_id_index" ON "ledger_accounts" USING btree ("fund_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_account_id_index" ON "ledger_entries" USING btree ("account_id");