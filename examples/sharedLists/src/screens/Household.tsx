import { asc, eq } from "drizzle-orm";
import { households, lists } from "../db/schema";
import { useHouseholds } from "../hooks/useHouseholds";
import { useLists } from "../hooks/useLists";
import { Items } from "./Items";
import { Adding, Screen } from "./parts";
import { People } from "./People";

/** The lists of one household, and who shares them. All of it works offline, but for taking people in and out. */
export function Household({
  scopeId,
  canWrite,
  onClose,
}: {
  scopeId: string;
  canWrite: boolean;
  onClose: () => void;
}) {
  const household = useHouseholds({ where: eq(households.scopeId, scopeId) });
  const { rows, create, remove } = useLists({
    where: eq(lists.scopeId, scopeId),
    orderBy: asc(lists.name),
  });
  return (
    <Screen title={household.rows[0]?.name ?? "…"} onBack={onClose}>
      {rows.map((list) => (
        <Items
          key={list.clientId}
          list={list}
          canWrite={canWrite}
          onRemove={() => remove(list)}
        />
      ))}
      {canWrite && (
        <Adding
          label="Name of a new list"
          action="Add"
          onAdd={(name) => create({ scopeId, name })}
        />
      )}
      <People scopeId={scopeId} canWrite={canWrite} />
    </Screen>
  );
}
