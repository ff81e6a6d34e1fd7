<?xml version="1.0" encoding="UTF-8"?>
<!-- help: everything in order, for the archive: sittings, floor, wordings, read-backs -->
<!-- needs: timeline interventions wordings -->
<!--
  Record: who met when, who had the floor, how each wording and each outcome came about,
  and all events in order. See memobook-templates(5). To change a label, copy this file to
  ~/.local/share/memobook/templates/ and change the parameters; the copy keeps the line
  with what it needs.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/1999/xhtml">
  <xsl:import href="stock:parts.xsl"/>

  <!-- What is printed, in this order. Take a word away to hide a section. -->
  <xsl:param name="sections"
             select="'head sittings attendance issues balance interventions timeline closing'"/>

  <xsl:param name="document-title" select="'Record of the meeting'"/>

  <!-- Labels: sittings and attendance. -->
  <xsl:param name="title-sittings" select="'Sittings'"/>
  <xsl:param name="head-title" select="'Title'"/>
  <xsl:param name="head-when" select="'When'"/>
  <xsl:param name="head-sat" select="'Sat for'"/>
  <xsl:param name="label-off-record" select="'Off the record:'"/>
  <xsl:param name="title-attendance" select="'Attendance'"/>
  <xsl:param name="head-participant" select="'Participant'"/>
  <xsl:param name="head-side" select="'Side'"/>
  <xsl:param name="head-role" select="'Role'"/>
  <xsl:param name="head-present" select="'Present'"/>
  <xsl:param name="head-on-roster" select="'On the roster'"/>
  <xsl:param name="text-present" select="'yes'"/>
  <xsl:param name="text-absent" select="'absent'"/>
  <xsl:param name="text-throughout" select="'throughout'"/>
  <xsl:param name="text-no-side" select="'No side'"/>
  <xsl:param name="label-in-total" select="'In all'"/>

  <!-- Labels: issue by issue. -->
  <xsl:param name="title-issues" select="'Issue by issue'"/>
  <xsl:param name="label-wordings" select="'Wordings'"/>
  <xsl:param name="label-in-force" select="'in force'"/>
  <xsl:param name="label-readbacks" select="'Read-backs'"/>
  <xsl:param name="text-covers" select="'This is still the answer.'"/>
  <xsl:param name="text-covers-not" select="'The answer is another by now:'"/>
  <xsl:param name="text-no-answer" select="'There is no such answer any more.'"/>
  <xsl:param name="text-assent" select="'assent'"/>
  <xsl:param name="text-reservation" select="'reservation'"/>
  <xsl:param name="text-silence" select="'silence'"/>
  <xsl:param name="text-no-word" select="'No word was recorded.'"/>
  <xsl:param name="label-outcomes" select="'Outcomes'"/>
  <xsl:param name="text-override" select="'by override'"/>
  <xsl:param name="text-asked" select="'to be confirmed by'"/>
  <xsl:param name="text-confirmed" select="'Confirmed'"/>
  <xsl:param name="text-confirmed-by" select="'Confirmed by'"/>
  <xsl:param name="text-kept-by" select="'kept by'"/>
  <xsl:param name="label-rests-on" select="'Rests on'"/>
  <xsl:param name="text-earlier" select="'earlier meeting'"/>

  <!-- Labels: speaking time, interventions and the timeline. -->
  <xsl:param name="title-balance" select="'Speaking time'"/>
  <xsl:param name="title-by-person" select="'By participant'"/>
  <xsl:param name="title-by-side" select="'By side'"/>
  <xsl:param name="title-by-constituency" select="'By constituency'"/>
  <xsl:param name="head-name" select="'Name'"/>
  <xsl:param name="head-turns" select="'Interventions'"/>
  <xsl:param name="head-share" select="'Share'"/>
  <xsl:param name="title-interventions" select="'Interventions'"/>
  <xsl:param name="title-timeline" select="'Events in order'"/>
  <xsl:param name="head-number" select="'No.'"/>
  <xsl:param name="head-time" select="'Time'"/>
  <xsl:param name="head-issue" select="'Issue'"/>
  <xsl:param name="head-speaker" select="'Speaker'"/>
  <xsl:param name="head-spoke" select="'Spoke for'"/>
  <xsl:param name="head-event" select="'What was recorded'"/>
  <xsl:param name="kind-order" select="'point of order'"/>
  <xsl:param name="kind-reply" select="'right of reply'"/>
  <xsl:param name="kind-tour" select="'tour de table'"/>
  <xsl:param name="kind-last" select="'last word'"/>
  <xsl:param name="text-gaps"
             select="'The numbers are those of the log. What was undone, withdrawn or is private is not here.'"/>
  <xsl:param name="text-closing" select="'End of the record, as of'"/>

  <xsl:template name="part">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name = 'head'">
        <xsl:call-template name="head">
          <xsl:with-param name="facts"><xsl:call-template name="issue-facts"/></xsl:with-param>
        </xsl:call-template>
        <xsl:if test="not(timeline/event)">
          <p><xsl:value-of select="$text-nothing"/></p>
        </xsl:if>
      </xsl:when>
      <xsl:when test="$name = 'sittings'">
        <xsl:apply-templates select="sittings[sitting]"/>
      </xsl:when>
      <xsl:when test="$name = 'attendance'">
        <xsl:apply-templates select="attendance"/>
      </xsl:when>
      <xsl:when test="$name = 'issues'"><xsl:call-template name="issues"/></xsl:when>
      <xsl:when test="$name = 'interventions'">
        <xsl:apply-templates select="interventions[intervention]"/>
      </xsl:when>
      <xsl:when test="$name = 'balance' and balance">
        <section class="balance">
          <h2><xsl:value-of select="$title-balance"/></h2>
          <xsl:apply-templates select="balance"/>
        </section>
      </xsl:when>
      <xsl:when test="$name = 'timeline'">
        <xsl:apply-templates select="timeline[event]"/>
      </xsl:when>
      <xsl:when test="$name = 'closing'">
        <xsl:call-template name="closing">
          <xsl:with-param name="text" select="$text-closing"/>
        </xsl:call-template>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- Sittings. They have a table here, and no line in the title block. -->
  <xsl:template name="sitting-facts"/>

  <xsl:template match="sittings">
    <xsl:variable name="titled" select="boolean(sitting/@title)"/>
    <section class="sittings">
      <h2><xsl:value-of select="$title-sittings"/></h2>
      <table>
        <thead>
          <tr>
            <th><xsl:value-of select="$head-number"/></th>
            <th><xsl:value-of select="$head-when"/></th>
            <xsl:if test="$titled"><th><xsl:value-of select="$head-title"/></th></xsl:if>
            <th class="number"><xsl:value-of select="$head-sat"/></th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="sitting[not(/notes/@sitting) or @current]">
            <tr>
              <td><xsl:value-of select="@n"/></td>
              <td><xsl:apply-templates select="@when"/></td>
              <xsl:if test="$titled"><td><xsl:value-of select="@title"/></td></xsl:if>
              <td class="number">
                <xsl:value-of select="translate(@spent-words, ' ', $nbsp)"/>
              </td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
      <xsl:if test="../off-record/spell">
        <p>
          <xsl:value-of select="concat($label-off-record, ' ')"/>
          <xsl:for-each select="../off-record/spell">
            <xsl:if test="position() > 1">; </xsl:if>
            <xsl:apply-templates select="@when"/>
          </xsl:for-each>
          <xsl:text>.</xsl:text>
        </p>
      </xsl:if>
    </section>
  </xsl:template>

  <!-- Attendance: people, or how many of each side, or how many. -->
  <xsl:template match="attendance">
    <section class="attendance">
      <h2><xsl:value-of select="$title-attendance"/></h2>
      <xsl:choose>
        <xsl:when test="person"><xsl:call-template name="people"/></xsl:when>
        <xsl:when test="side">
          <table>
            <thead>
              <tr>
                <th><xsl:value-of select="$head-side"/></th>
                <th class="number"><xsl:value-of select="$head-present"/></th>
                <th class="number"><xsl:value-of select="$head-on-roster"/></th>
              </tr>
            </thead>
            <tbody>
              <xsl:for-each select="side">
                <tr>
                  <td>
                    <xsl:value-of select="@side-name"/>
                    <xsl:if test="not(@side-name)">
                      <xsl:value-of select="$text-no-side"/>
                    </xsl:if>
                  </td>
                  <td class="number"><xsl:value-of select="@present"/></td>
                  <td class="number"><xsl:value-of select="@total"/></td>
                </tr>
              </xsl:for-each>
              <tr>
                <td><strong><xsl:value-of select="$label-in-total"/></strong></td>
                <td class="number"><strong><xsl:value-of select="@present"/></strong></td>
                <td class="number"><strong><xsl:value-of select="@total"/></strong></td>
              </tr>
            </tbody>
          </table>
        </xsl:when>
        <xsl:otherwise>
          <p>
            <xsl:value-of select="concat(@present, ' ', $label-of-these, ' ', @total, ' ',
                                         $label-present, '.')"/>
          </p>
        </xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template name="people">
    <xsl:variable name="sided" select="boolean(person/@side-name)"/>
    <table>
      <thead>
        <tr>
          <th><xsl:value-of select="$head-participant"/></th>
          <xsl:if test="$sided"><th><xsl:value-of select="$head-side"/></th></xsl:if>
          <th><xsl:value-of select="$head-role"/></th>
          <th><xsl:value-of select="$head-present"/></th>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="person">
          <tr>
            <td><xsl:value-of select="@name"/></td>
            <xsl:if test="$sided"><td><xsl:value-of select="@side-name"/></td></xsl:if>
            <td><xsl:value-of select="@role"/></td>
            <td>
              <xsl:choose>
                <xsl:when test="stay and not(@part)">
                  <xsl:value-of select="$text-throughout"/>
                </xsl:when>
                <xsl:when test="stay">
                  <xsl:for-each select="stay">
                    <xsl:if test="position() > 1"><br/></xsl:if>
                    <xsl:apply-templates select="@when"/>
                  </xsl:for-each>
                </xsl:when>
                <xsl:when test="@present = 'yes'">
                  <xsl:value-of select="$text-present"/>
                </xsl:when>
                <xsl:when test="../@present = 0">–</xsl:when>
                <xsl:otherwise><xsl:value-of select="$text-absent"/></xsl:otherwise>
              </xsl:choose>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <!-- Issue by issue: what was recorded of how it came about. -->
  <xsl:template name="issues">
    <xsl:variable name="issues"
                  select="topic/issue[wording or readback or disposition] |
                          recommendations/issue[wording or readback or disposition or support]"/>
    <xsl:if test="$issues">
      <section class="issues">
        <h2><xsl:value-of select="$title-issues"/></h2>
        <xsl:apply-templates select="$issues"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="issue">
    <section class="issue" id="{@ref}">
      <h3>
        <strong class="cite"><xsl:value-of select="@cite"/></strong>
        <xsl:text> </xsl:text>
        <span class="outcome {@disposition}"><xsl:call-template name="outcome-words"/></span>
      </h3>
      <p>
        <xsl:if test="parent::topic"><xsl:attribute name="class">question</xsl:attribute></xsl:if>
        <xsl:call-template name="issue-text"/>
      </p>
      <xsl:if test="wording or readback or disposition or support">
        <dl class="record">
          <xsl:if test="wording">
            <dt><xsl:value-of select="$label-wordings"/></dt>
            <dd><xsl:apply-templates select="wording"/></dd>
          </xsl:if>
          <xsl:if test="readback">
            <dt><xsl:value-of select="$label-readbacks"/></dt>
            <dd><xsl:apply-templates select="readback"/></dd>
          </xsl:if>
          <xsl:if test="disposition or confirmation">
            <dt><xsl:value-of select="$label-outcomes"/></dt>
            <dd>
              <ul class="plain">
                <xsl:apply-templates select="disposition | confirmation"/>
              </ul>
            </dd>
          </xsl:if>
          <xsl:if test="support">
            <dt><xsl:value-of select="$label-rests-on"/></dt>
            <dd>
              <xsl:apply-templates select="support"/>
              <xsl:if test="doubt">
                <br/>
                <xsl:call-template name="doubts"/>
              </xsl:if>
            </dd>
          </xsl:if>
        </dl>
      </xsl:if>
    </section>
  </xsl:template>

  <!-- "6 December 2011, 09:20", and what it is of. -->
  <xsl:template name="stamp">
    <xsl:apply-templates select="@day-words"/>
    <xsl:value-of select="concat(', ', @time)"/>
    <xsl:if test="@sub"><xsl:value-of select="concat(', ', @cite)"/></xsl:if>
    <xsl:if test="@earlier"><xsl:value-of select="concat(', ', $text-earlier)"/></xsl:if>
  </xsl:template>

  <xsl:template match="wording">
    <p>
      <strong class="label">
        <xsl:value-of select="concat(@n, '. ')"/>
        <xsl:call-template name="stamp"/>
        <xsl:if test="@last"><xsl:value-of select="concat(', ', $label-in-force)"/></xsl:if>
        <xsl:text>:</xsl:text>
      </strong>
      <xsl:text> </xsl:text>
      <xsl:call-template name="lines"/>
    </p>
  </xsl:template>

  <xsl:template match="readback">
    <p>
      <strong class="label"><xsl:call-template name="stamp"/>:</strong>
      <xsl:text> </xsl:text>
      <xsl:call-template name="lines"/>
    </p>
    <xsl:choose>
      <xsl:when test="word">
        <ul>
          <xsl:for-each select="word">
            <li>
              <xsl:if test="@side-name"><xsl:value-of select="concat(@side-name, ': ')"/></xsl:if>
              <xsl:choose>
                <xsl:when test="@assent = 'assent'">
                  <xsl:value-of select="$text-assent"/>
                </xsl:when>
                <xsl:when test="@assent = 'reservation'">
                  <xsl:value-of select="$text-reservation"/>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="$text-silence"/></xsl:otherwise>
              </xsl:choose>
              <xsl:if test="@time"><xsl:value-of select="concat(', ', @time)"/></xsl:if>
              <xsl:if test="p">
                <xsl:text>: “</xsl:text>
                <xsl:call-template name="row-of-text"/>
                <xsl:text>”</xsl:text>
              </xsl:if>
            </li>
          </xsl:for-each>
        </ul>
      </xsl:when>
      <xsl:otherwise><p><xsl:value-of select="$text-no-word"/></p></xsl:otherwise>
    </xsl:choose>
    <!-- The last one tells whether it still holds. -->
    <xsl:if test="@last">
      <p>
        <xsl:choose>
          <xsl:when test="@covers = 'yes'"><xsl:value-of select="$text-covers"/></xsl:when>
          <xsl:when test="current/p">
            <xsl:value-of select="concat($text-covers-not, ' ')"/>
            <xsl:for-each select="current"><xsl:call-template name="lines"/></xsl:for-each>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$text-no-answer"/></xsl:otherwise>
        </xsl:choose>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="disposition">
    <li>
      <strong class="label"><xsl:call-template name="stamp"/>:</strong>
      <xsl:text> </xsl:text>
      <xsl:call-template name="outcome-words">
        <xsl:with-param name="code" select="@code"/>
      </xsl:call-template>
      <xsl:if test="override">
        <xsl:value-of select="concat(' ', $text-override)"/>
        <xsl:if test="string(override)"> (<xsl:value-of select="override"/>)</xsl:if>
      </xsl:if>
      <xsl:if test="asked[@side-name]">
        <xsl:value-of select="concat(', ', $text-asked, ' ')"/>
        <xsl:for-each select="asked[@side-name]">
          <xsl:if test="position() > 1">, </xsl:if>
          <xsl:value-of select="@side-name"/>
        </xsl:for-each>
      </xsl:if>
      <xsl:for-each select="keeper[@by]">
        <xsl:value-of select="concat(', ', $text-kept-by, ' ', @by)"/>
      </xsl:for-each>
      <xsl:if test="p">
        <xsl:text>: </xsl:text>
        <xsl:call-template name="row-of-text"/>
      </xsl:if>
    </li>
    <xsl:apply-templates select="confirmation"/>
  </xsl:template>

  <xsl:template match="confirmation">
    <li>
      <strong class="label"><xsl:call-template name="stamp"/>:</strong>
      <xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="@side-name">
          <xsl:value-of select="concat($text-confirmed-by, ' ', @side-name)"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$text-confirmed"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="p">
        <xsl:text>: </xsl:text>
        <xsl:call-template name="row-of-text"/>
      </xsl:if>
    </li>
  </xsl:template>

  <!-- Interventions and events: a table for each day. No key is made of days, since adding
       to one takes as long as there are nodes of the day. -->
  <xsl:template match="interventions">
    <xsl:variable name="told" select="boolean(intervention/@by)"/>
    <section class="interventions">
      <h2><xsl:value-of select="$title-interventions"/></h2>
      <xsl:for-each select="intervention[not(preceding-sibling::intervention[1]/@day = @day)]">
        <xsl:variable name="day" select="@day"/>
        <xsl:variable name="from" select="@n"/>
        <xsl:variable name="next"
                      select="following-sibling::intervention[@day != $day][1]/@n"/>
        <h3><xsl:apply-templates select="@day-words"/></h3>
        <table>
          <thead>
            <tr>
              <th><xsl:value-of select="$head-number"/></th>
              <th><xsl:value-of select="$head-time"/></th>
              <!-- Room for "A(b)2". -->
              <th><xsl:value-of select="concat($head-issue, $nbsp, $nbsp)"/></th>
              <xsl:if test="$told"><th><xsl:value-of select="$head-speaker"/></th></xsl:if>
              <th class="number"><xsl:value-of select="$head-spoke"/></th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="../intervention[@n &gt;= $from and not(@n &gt;= $next)]">
              <tr>
                <td><xsl:value-of select="@n"/></td>
                <td><xsl:value-of select="@time"/></td>
                <td>
                  <xsl:value-of select="@cite"/>
                  <xsl:if test="@kind">
                    <xsl:if test="@cite"><xsl:text> </xsl:text></xsl:if>
                    <xsl:call-template name="intervention-kind"/>
                  </xsl:if>
                </td>
                <xsl:if test="$told"><td><xsl:value-of select="@by"/></td></xsl:if>
                <td class="number">
                  <xsl:value-of select="translate(@spent-words, ' ', $nbsp)"/>
                  <xsl:if test="not(@spent-words)">–</xsl:if>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </xsl:for-each>
    </section>
  </xsl:template>

  <!-- Speaking time, as far as it is told. -->
  <xsl:template match="balance">
    <h3>
      <xsl:choose>
        <xsl:when test="@by = 'person'"><xsl:value-of select="$title-by-person"/></xsl:when>
        <xsl:when test="@by = 'side'"><xsl:value-of select="$title-by-side"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$title-by-constituency"/></xsl:otherwise>
      </xsl:choose>
    </h3>
    <table>
      <thead>
        <tr>
          <th><xsl:value-of select="$head-name"/></th>
          <th class="number"><xsl:value-of select="$head-turns"/></th>
          <th class="number"><xsl:value-of select="$head-spoke"/></th>
          <th class="number"><xsl:value-of select="$head-share"/></th>
          <th/>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="row">
          <tr>
            <td>
              <xsl:value-of select="@name"/>
              <xsl:if test="not(@name)">–</xsl:if>
            </td>
            <td class="number"><xsl:value-of select="@turns"/></td>
            <td class="number">
                <xsl:value-of select="translate(@spent-words, ' ', $nbsp)"/>
              </td>
            <td class="number"><xsl:value-of select="concat(@share, $nbsp, '%')"/></td>
            <td><span class="bar"><xsl:value-of select="@share"/></span></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template name="intervention-kind">
    <span class="quiet">
      <xsl:text>(</xsl:text>
      <xsl:choose>
        <xsl:when test="@kind = 'order'"><xsl:value-of select="$kind-order"/></xsl:when>
        <xsl:when test="@kind = 'reply'"><xsl:value-of select="$kind-reply"/></xsl:when>
        <xsl:when test="@kind = 'tour'"><xsl:value-of select="$kind-tour"/></xsl:when>
        <xsl:when test="@kind = 'last'"><xsl:value-of select="$kind-last"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="@kind"/></xsl:otherwise>
      </xsl:choose>
      <xsl:text>)</xsl:text>
    </span>
  </xsl:template>

  <xsl:template match="timeline">
    <section class="timeline">
      <h2><xsl:value-of select="$title-timeline"/></h2>
      <p class="meta"><xsl:value-of select="$text-gaps"/></p>
      <xsl:for-each select="event[not(preceding-sibling::event[1]/@day = @day)]">
        <xsl:variable name="day" select="@day"/>
        <xsl:variable name="from" select="@n"/>
        <xsl:variable name="next"
                      select="following-sibling::event[@day != $day][1]/@n"/>
        <h3><xsl:apply-templates select="@day-words"/></h3>
        <table>
          <thead>
            <tr>
              <th><xsl:value-of select="$head-number"/></th>
              <th><xsl:value-of select="$head-time"/></th>
              <!-- Room for "A(b)2". -->
              <th><xsl:value-of select="concat($head-issue, $nbsp, $nbsp)"/></th>
              <th><xsl:value-of select="$head-event"/></th>
            </tr>
          </thead>
          <tbody>
            <xsl:apply-templates select="../event[@n &gt;= $from and not(@n &gt;= $next)]"/>
          </tbody>
        </table>
      </xsl:for-each>
    </section>
  </xsl:template>

  <xsl:template match="event">
    <tr>
      <td><xsl:value-of select="@n"/></td>
      <td><xsl:value-of select="@time"/></td>
      <td><xsl:value-of select="@cite"/></td>
      <td>
        <xsl:variable name="what">
          <xsl:value-of select="@words"/>
          <xsl:if test="@by">, <xsl:value-of select="@by"/></xsl:if>
        </xsl:variable>
        <xsl:choose>
          <xsl:when test="p">
            <strong class="label"><xsl:value-of select="concat($what, ':')"/></strong>
            <xsl:text> </xsl:text>
            <xsl:call-template name="lines"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$what"/></xsl:otherwise>
        </xsl:choose>
      </td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
