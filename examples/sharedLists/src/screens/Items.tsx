import { asc, eq } from "drizzle-orm";
import { useState } from "react";
import { ActionButton } from "../components/ActionButton";
import { useLook } from "../components/theme";
import { items, type Item, type List } from "../db/schema";
import { useItems } from "../hooks/useItems";
import { useOfflineFirst } from "../hooks/useOfflineFirst";
import { Adding, Heading, Input, Line, Tick } from "./parts";

/** One list: tick off, say how much, add. */
export function Items({
  list,
  canWrite,
  onRemove,
}: {
  list: List;
  canWrite: boolean;
  onRemove: () => Promise<unknown>;
}) {
  const { theme } = useLook({});
  const { batch } = useOfflineFirst();
  const { rows, create, update } = useItems({
    where: eq(items.list, list.clientId),
    orderBy: [asc(items.isBought), asc(items.name)],
  });
  const bought = rows.filter(({ isBought }) => isBought);
  // Together, or not at all.
  const removeBought = () =>
    batch((tables) => {
      for (const item of bought) tables.items.remove(item);
    });
  return (
    <>
      <Heading>{list.name}</Heading>
      {rows.map((item) => (
        <Line key={item.clientId}>
          <Tick
            label={item.name}
            isTicked={item.isBought}
            disabled={!canWrite}
            onTick={(isBought) => update(item, { isBought })}
          />
          <Amount
            // Anew when somebody else has changed it.
            key={item.amount}
            item={item}
            canWrite={canWrite}
            onSave={(amount) => update(item, { amount })}
          />
        </Line>
      ))}
      {canWrite && (
        <>
          <Adding
            label={`New on ${list.name}`}
            action="Add"
            onAdd={(name) =>
              create({ scopeId: list.scopeId, list: list.clientId, name })
            }
          />
          {bought.length > 0 && (
            <ActionButton
              label="Remove what is bought"
              onPress={removeBought}
              theme={theme}
            />
          )}
          {rows.length === 0 && (
            <ActionButton
              label={`Remove ${list.name}`}
              onPress={onRemove}
              theme={theme}
            />
          )}
        </>
      )}
    </>
  );
}

/** How much of an item: saved when one is done with typing. */
function Amount({
  item,
  canWrite,
  onSave,
}: {
  item: Item;
  canWrite: boolean;
  onSave: (amount: string) => Promise<unknown>;
}) {
  const [amount, setAmount] = useState(item.amount);
  const save = () => {
    if (amount !== item.amount) void onSave(amount);
  };
  return (
    <Input
      label={`Amount of ${item.name}`}
      placeholder="amount"
      value={amount}
      editable={canWrite}
      onChangeText={setAmount}
      onBlur={save}
    />
  );
}
